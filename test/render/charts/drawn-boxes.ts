import { openTextWidth } from '../../../src/render/output/draw/text-width.ts'

interface Sides {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface Box extends Sides {
  readonly what: string
  readonly isText: boolean
  /** In degrees. */
  readonly slant: number
  /** Its sides if the page were turned until it is level. */
  readonly level: Sides
}

/** The properties of a `<text>` that its `<tspan>`s need. */
interface TextLine {
  readonly matrix: Matrix
  readonly anchor: string
  readonly style: { readonly fontSize: number; readonly fontWeight: string }
  readonly y: number
}

type Matrix = readonly [number, number, number, number, number, number]

/** Half the width of a line may be outside. */
const TOLERANCE_PX = 1

/** Lists the parts of a drawing outside its viewport; ignores clipped parts. */
export async function strayIn(svg: string): Promise<string[]> {
  const [width, height] = [/ width="(\d+)"/, / height="(\d+)"/].map((side) => Number(side.exec(svg)![1]))
  return (await boxesIn(svg))
    .filter(
      ({ left, right, top, bottom }) =>
        left < -TOLERANCE_PX ||
        top < -TOLERANCE_PX ||
        right > width! + TOLERANCE_PX ||
        bottom > height! + TOLERANCE_PX,
    )
    .map(({ what, left, right, top, bottom }) => `${what} at ${[left, top, right, bottom].map(Math.round)}`)
}

/** Lists the pairs of overlapping texts in a drawing. */
export async function clashesIn(svg: string): Promise<string[]> {
  const texts = (await boxesIn(svg)).filter(({ isText }) => isText)
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      // Slanted lines side by side have overlapping boxes, but not if both are turned level.
      .filter((b) => (a.slant === b.slant ? meet(a.level, b.level) : meet(a, b)))
      .map((b) => `${a.what} and ${b.what}`),
  )
}

function meet(a: Sides, b: Sides): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

async function boxesIn(svg: string): Promise<Box[]> {
  const textWidth = await openTextWidth()
  const boxes: Box[] = []
  let line: TextLine | undefined
  const stack: { matrix: Matrix; isClipped: boolean }[] = [{ matrix: [1, 0, 0, 1, 0, 0], isClipped: false }]
  for (const [, close, tag, attributes, empty, text] of svg.matchAll(/<(\/?)(\w+)([^>]*?)(\/?)>([^<]*)/g)) {
    if (close === '/') {
      if (tag === 'g') stack.pop()
      continue
    }
    const get = (name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes!)?.[1]
    const number = (name: string) => Number.parseFloat(get(name) ?? '0')
    const parent = stack.at(-1)!
    const matrix = multiplied(parent.matrix, matrixOf(get('transform')))
    const isClipped = parent.isClipped || get('clip-path') !== undefined
    if (tag === 'g' && empty !== '/') stack.push({ matrix, isClipped })
    if (isClipped || /^(background|foreground)$/.test(get('class') ?? '')) continue
    const add = (what: string, corners: readonly (readonly [number, number])[], text?: TextLine) => {
      if (corners.length === 0) return
      const points = corners.map((corner) => placed(text?.matrix ?? matrix, corner))
      const [cos, sin] = text?.matrix ?? matrix
      boxes.push({
        what,
        isText: text !== undefined,
        slant: Math.round((Math.atan2(sin, cos) * 180) / Math.PI),
        ...around(points),
        level: around(points.map((point) => placed([cos, -sin, sin, cos, 0, 0], point))),
      })
    }
    if (tag === 'line')
      add('line', [
        [0, 0],
        [number('x2'), number('y2')],
      ])
    if (tag === 'image') {
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(number) as [
        number,
        number,
        number,
        number,
      ]
      add('image', [
        [x, y],
        [x + width, y + height],
      ])
    }
    if (tag === 'path') add('path', cornersOf(get('d') ?? ''))
    if (tag === 'text') {
      const style = { fontSize: number('font-size') || 10, fontWeight: get('font-weight') ?? '400' }
      line = { matrix, anchor: get('text-anchor') ?? 'start', style, y: 0 }
    }
    if (tag === 'tspan') line = { ...line!, y: line!.y + number('dy') }
    if ((tag !== 'text' && tag !== 'tspan') || text!.trim() === '') continue
    const shown = text!.replace(/&lt;/g, '<').replace(/&amp;/g, '&')
    const { anchor, style, y } = line!
    const width = textWidth(shown, style)
    const start = anchor === 'middle' ? -width / 2 : anchor === 'end' ? -width : 0
    // Digits and most letters are 0.66 em tall and extend little below the baseline.
    const corners = [y - 0.66 * style.fontSize, y + 0.1 * style.fontSize].flatMap((edge) =>
      [start, start + width].map((end) => [end, edge] as const),
    )
    add(`"${shown}"`, corners, line)
  }
  return boxes
}

// Path commands of vega: M, L with points, H, V and h, v with a length, A with its end point last.
function cornersOf(path: string): (readonly [number, number])[] {
  const corners: [number, number][] = []
  let [x, y] = [0, 0]
  for (const [, command, rest] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const values = (rest!.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number)
    if (command === 'h') x += values[0]!
    else if (command === 'v') y += values[0]!
    else if (command === 'H') x = values[0]!
    else if (command === 'V') y = values[0]!
    else if (values.length >= 2) {
      const [endX, endY] = [values.at(-2)!, values.at(-1)!]
      ;[x, y] = command === command!.toUpperCase() ? [endX, endY] : [x + endX, y + endY]
    }
    corners.push([x, y])
  }
  return corners
}

function matrixOf(transform = ''): Matrix {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  for (const [, kind, list] of transform.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [first = 0, second = 0] = list!.split(/[ ,]+/).map(Number)
    const [cos, sin] = [Math.cos((first * Math.PI) / 180), Math.sin((first * Math.PI) / 180)]
    const next: Matrix = kind === 'rotate' ? [cos, sin, -sin, cos, 0, 0] : [1, 0, 0, 1, first, second]
    matrix = multiplied(matrix, next)
  }
  return matrix
}

function multiplied([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

function placed([a, b, c, d, e, f]: Matrix, [x, y]: readonly [number, number]): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

function around(corners: readonly (readonly [number, number])[]): Sides {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}
