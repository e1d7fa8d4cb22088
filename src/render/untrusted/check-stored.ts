import type { VFile } from 'vfile'
import { z } from 'zod'
import { fileOf, type ResultStore, verifyStored } from '../cache/result-store.ts'
import { limits } from '../model/limits.ts'
import { failOr, UntrustedInputError } from '../model/messages.ts'
import { type Paths, pathFrom } from '../model/paths.ts'
import type { Digest, Json, Output, Reader, Report, StoredResult } from '../model/types.ts'
import { toOutput } from '../output/to-outputs.ts'
import { checkShape } from './check-shape.ts'
import { cleanJson } from './clean-text.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/)

const request = z.object({
  module: z.string(),
  name: z.string(),
  params: z.json(),
  seed: z.number(),
})

const provenance = z.object({
  label: z.string(),
  node: z.string(),
  platform: z.string(),
  cpu: z.string(),
  engine: z.string().optional(),
  threads: z.number().optional(),
  computedAt: z.string(),
  elapsedMs: z.number(),
  bytes: z.number(),
  job: request.optional(),
  jobs: z.array(digest).optional(),
  params: z.record(z.string(), z.json()).optional(),
  usesEngine: z.boolean().optional(),
  reads: z.record(z.string(), z.string()).optional(),
})

const schema = z.object({
  key: digest,
  parts: z.record(z.string(), z.string()),
  content: digest,
  shown: z.array(z.looseObject({ kind: z.enum(['figure', 'table', 'prose', 'scalar']) })).max(limits.outputs),
  exports: z.record(z.string(), z.json()),
  measured: z.record(z.string(), z.json()),
  provenance,
})

/**
 * Reads the text of a stored result that nobody vouches for: its digest, then the shape of everything in it, with
 * limits on what it shows; all texts cleaned. Throws `UntrustedInputError` that says what is wrong.
 */
function checkStored(json: string, key: Digest): StoredResult {
  checkDepth(json)
  const verified = verifyStored(json, key)
  if (typeof verified === 'string') throw new UntrustedInputError(verified)
  const parsed = schema.safeParse(cleanJson(verified as unknown as Json))
  if (!parsed.success) throw new UntrustedInputError(shapeReason(parsed.error))
  return { ...(parsed.data as unknown as StoredResult), shown: outputsOf(parsed.data.shown) }
}

function shapeReason(error: z.ZodError): string {
  const [{ path, message }] = error.issues as [z.core.$ZodIssue]
  return `expected a stored result, found another member \`${path.slice(0, 5).join('.').slice(0, 100)}\`: ${message.slice(0, 200)}`
}

// What walks through JSON does so by calling itself.
function checkDepth(json: string): void {
  let depth = 0
  let isText = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (isText && character === '\\') at++
    else if (character === '"') isText = !isText
    else if (!isText && (character === '[' || character === '{')) depth++
    else if (!isText && (character === ']' || character === '}')) depth--
    if (depth > limits.depth)
      throw new UntrustedInputError(`expected JSON at most ${limits.depth} deep, found more`)
  }
}

function outputsOf(shown: readonly unknown[]): Output[] {
  let outputs: Output[]
  try {
    outputs = shown.map((output, index) => toOutput(output, `shown[${index}]`))
  } catch (cause) {
    throw new UntrustedInputError((cause as Error).message.slice(0, 300), { cause })
  }
  for (const output of outputs) checkOutput(output)
  return outputs
}

function checkOutput(output: Output): void {
  if (output.kind === 'prose') checkShape(output.markdown)
  if ('caption' in output) checkShape(output.caption ?? '')
  if (output.kind !== 'table') return
  const { columns, rows } = output
  for (const { title } of columns) checkShape(title)
  if (rows.length > limits.rows)
    throw new UntrustedInputError(`expected a table of at most ${limits.rows} rows, found ${rows.length}`)
  const cells = rows.length * columns.length
  if (cells > limits.cells)
    throw new UntrustedInputError(`expected a table of at most ${limits.cells} cells, found ${cells}`)
}

/**
 * Reads the accepted results of a report that is not trusted, and keeps none. One that is not what it should be is
 * `report-is-harmless` on report.md, once, and is as good as absent.
 */
export function readAccepted(paths: Paths, { reader, files, folder }: Report): ResultStore {
  const main = files[0]!
  const known = new Map<string, StoredResult | undefined>()
  return {
    read(key) {
      if (known.has(key)) return known.get(key)
      const name = pathFrom(folder, fileOf(paths.freeze, key))
      known.set(key, readOne(key, name, main, reader.read))
      return known.get(key)
    },
    write() {},
  }
}

function readOne(key: string, name: string, main: VFile, read: Reader['read']): StoredResult | undefined {
  try {
    if (!/^[0-9a-f]{64}$/.test(key))
      throw new UntrustedInputError(`expected a key of 64 hexadecimal digits, found \`${key.slice(0, 80)}\``)
    return checkStored(new TextDecoder().decode(read(name)), key)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    const reason = `Cannot use the stored result \`${name.slice(0, 100)}\`, ${(cause as Error).message}`
    failOr('result-is-whole', main, reason, { line: 1, column: 1 }, cause)
    return undefined
  }
}
