import { createCipheriv, getCiphers } from 'node:crypto'
import { Worker } from 'node:worker_threads'
// Not by name: other runtimes may lack crc32, and they load this module too.
import zlib from 'node:zlib'
import type { InferenceSession } from 'onnxruntime-node'
import type { Data, DType } from '../../node.ts'
import { writeModel } from './model.ts'
import type { SplitProgram } from './split-programs.ts'

/** A tensor before onnxruntime knows it. */
export interface Elements {
  readonly type: DType
  readonly data: Data
  readonly shape: readonly number[]
}

/** What a helper gets: its program and rows only if it does not have them yet. */
export interface ChainOrder {
  readonly program: number
  readonly model?: Uint8Array
  readonly options: InferenceSession.SessionOptions
  /** The rows that it keeps under this key. */
  readonly rowsKey: number
  readonly rows?: Readonly<Record<string, Elements>>
  /** Whether other rows of this program are of no more use. */
  readonly isNew: boolean
  readonly fed: Readonly<Record<string, Elements>>
  /** A program that will not be used again. */
  readonly forget?: number
}

export type ChainAnswer = { readonly sums: Float32Array[] } | { readonly error: Error }

/** What a helper adds up. */
export interface ChainTask {
  readonly program: SplitProgram
  readonly options: InferenceSession.SessionOptions
  /** Stands for all rows of a training: as long as it is the same object, rows with the same key are the same. */
  readonly data: object
  readonly rowsKey: number
  readonly rows: Readonly<Record<string, Elements>>
  readonly fed: Readonly<Record<string, Elements>>
}

interface Known {
  readonly id: number
  readonly program: SplitProgram
  data: object
  /** By the key of rows, the fingerprint of their elements. */
  prints: Map<number, string>
}

interface Waiting {
  resolve(sums: Float32Array[]): void
  reject(reason: Error): void
}

const mostPrograms = 8

// In lib, the thread is a bundle beside that of this module.
const program = new URL(
  import.meta.url.endsWith('.ts') ? 'chain-thread.mjs' : 'chain-thread.js',
  import.meta.url,
)

/**
 * A thread that adds up chains while this one adds up others. onnxruntime's own threads wait for each other after each
 * operation, and the small operations of a step gain nothing by them. Rows are copied to it once a training, since
 * onnxruntime takes no memory that threads share.
 */
export class Helper {
  readonly #worker = new Worker(program)
  #programs: Known[] = []
  #count = 0
  #waiting: Waiting | undefined
  #failure: Error | undefined

  constructor() {
    this.#worker.unref()
    this.#worker.on('message', (answer: ChainAnswer) => this.#receive(answer))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('Unexpected end of a thread of onnxruntime')))
  }

  /** Gives the sums of some chains, in the order of the program's outputs. One task at a time. */
  addUp({ program, options, data, rowsKey, rows, fed }: ChainTask): Promise<Float32Array[]> {
    const kept = this.#programs.find((each) => each.program === program)
    const known = kept ?? { id: this.#count++, program, data, prints: new Map<number, string>() }
    this.#programs = [...this.#programs.filter((each) => each !== known), known]
    const oldest = this.#programs.length > mostPrograms ? this.#programs.shift() : undefined
    // Elements may change in place between two epochs.
    const print = fingerprintOf(rows)
    const isNew = known.data !== data || (known.prints.get(rowsKey) ?? print) !== print
    if (isNew) known.prints = new Map()
    known.data = data
    const hasRows = known.prints.has(rowsKey)
    known.prints.set(rowsKey, print)
    return this.#ask({
      program: known.id,
      options,
      rowsKey,
      isNew,
      fed,
      ...(kept ? {} : { model: writeModel(program.graph) }),
      ...(hasRows ? {} : { rows }),
      ...(oldest ? { forget: oldest.id } : {}),
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  async #ask(order: ChainOrder): Promise<Float32Array[]> {
    if (this.#failure) throw this.#failure
    this.#worker.ref()
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting = { resolve, reject }
        // A message with a view would copy all of its buffer.
        const { rows, fed } = order
        const own = { ...order, fed: copied(fed), ...(rows ? { rows: copied(rows) } : {}) }
        this.#worker.postMessage(own, buffersOf({ ...own.fed, ...own.rows }))
      })
    } finally {
      this.#worker.unref()
    }
  }

  #receive(answer: ChainAnswer): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if ('error' in answer) waiting?.reject(answer.error)
    else waiting?.resolve(answer.sums)
  }

  #fail(failure: Error): void {
    this.#failure ??= failure
    this.#waiting?.reject(failure)
    this.#waiting = undefined
  }
}

type Named = Readonly<Record<string, Elements>>

function copied(all: Named): Named {
  const entries = Object.entries(all)
  return Object.fromEntries(entries.map(([name, each]) => [name, { ...each, data: each.data.slice() }]))
}

function buffersOf(all: Named): ArrayBuffer[] {
  return Object.values(all).map(({ data }) => data.buffer as ArrayBuffer)
}

// Nobody has to be kept from forging rows, so the key is known.
const [cipher, key, nonce] = ['chacha20-poly1305', new Uint8Array(32), new Uint8Array(12)] as const
const mostBytes = 2 ** 30
const hasTags = process.arch === 'x64' && getCiphers().includes(cipher)

/**
 * Gives a text that changes with any element. To copy rows takes longer than to read them. On x64, an authentication
 * tag takes half as long as a CRC-32 if the rows fill multiples of 128 bytes, and never longer.
 */
function fingerprintOf(rows: Named): string {
  const bytes = Object.values(rows).map(
    ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  )
  return bytes.map((each) => (hasTags ? tagOf(each) : zlib.crc32(each))).join()
}

function tagOf(bytes: Uint8Array): string {
  const tag = createCipheriv(cipher, key, nonce, { authTagLength: 16 })
  for (let from = 0; from < bytes.length; from += mostBytes)
    tag.setAAD(bytes.subarray(from, from + mostBytes), { plaintextLength: 0 })
  tag.final()
  return tag.getAuthTag().toString('hex')
}
