import { withKind } from '../model/error-kind.ts'
import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'

/** Throws if an object has an unknown member: a misspelt option would otherwise be ignored silently. */
export function assertKnown(
  chart: string,
  options: unknown,
  known: readonly string[],
  path = 'options',
): void {
  if (options === undefined) return
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new Error(`${chart}: expected an object at ${path}, found ${found(options)}`)
  const unknown = Object.keys(options).filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const each = unknown.map((name) => `${found(name)}${suggestion(name, known)}`)
  throw new Error(`${chart}: expected ${path} among ${listed(known, 12)}, found ${each.join(', ')}`)
}

/** Throws unless a figure has alternative text. */
export function assertAlt(alt: unknown): asserts alt is string {
  if (typeof alt === 'string' && alt.trim() !== '') return
  const wrong = alt === undefined || alt === '' ? 'none' : found(alt)
  const reason = `Cannot make a figure, expected alt text that says what it shows, found ${wrong}`
  throw withKind(new Error(reason), 'no-alt')
}

/** Throws unless a caption is absent or non-empty Markdown. */
export function assertCaption(caption: unknown): asserts caption is string | undefined {
  if (caption === undefined || (typeof caption === 'string' && caption.trim() !== '')) return
  throw new Error(`Unexpected caption, expected Markdown, found ${found(caption)}`)
}
