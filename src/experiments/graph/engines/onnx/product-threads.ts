/** A product of two matrices, `[rows, depth]` times `[depth, columns]`. */
export interface Product {
  readonly rows: number
  readonly columns: number
  readonly depth: number
  /** Whether the left matrix lies transposed. */
  readonly isTransposed: boolean
}

// As in onnxruntime 1.30, core/mlas/lib/sgemm.cpp: the work for which a thread more is used, and the columns of a block.
const workOfThread = 64 * 1024
const blockColumns = 16

/**
 * Gives the most threads, up to `most`, that give all products the bits of one thread. onnxruntime adds up a product in
 * pieces of its depth. These are longer for few columns, and threads divide the columns if there are more of them than
 * rows: then a thread may have so few that it adds in another order.
 */
export function threadsOfEqualBits(products: readonly Product[], most: number): number {
  let threads = most
  for (const product of products) {
    const work = product.rows * product.columns * product.depth
    const used = Math.min(threads, Math.floor(work / workOfThread) + 1)
    for (let count = 2; count <= used; count++) {
      if (hasEqualBits(product, count)) continue
      threads = count - 1
      break
    }
  }
  return threads
}

function hasEqualBits({ rows, columns, depth, isTransposed }: Product, threads: number): boolean {
  if (columns <= rows || isTransposed) return true
  const whole = pieceOf(columns, depth)
  return shares(columns, threads).every((share) => pieceOf(share, depth) === whole)
}

/** The columns of each thread: whole blocks, the last one cut. */
function shares(columns: number, threads: number): number[] {
  const blocks = Math.ceil(columns / blockColumns)
  const count = Math.min(threads, blocks)
  const endOf = (index: number) => {
    const own = index * Math.floor(blocks / count) + Math.min(index, blocks % count)
    return Math.min(columns, own * blockColumns)
  }
  return Array.from({ length: count }, (_, index) => endOf(index + 1) - endOf(index))
}

/** How much of the depth is added up at a time, at most the whole. */
function pieceOf(columns: number, depth: number): number {
  let [piece, stride] = [128, 128]
  if (columns < depth)
    while (stride > blockColumns && stride / 2 >= columns) {
      piece *= 2
      stride /= 2
    }
  return Math.min(piece, depth)
}
