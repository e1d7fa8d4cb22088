import { withKind } from '../model/error-kind.ts'
import { found } from '../model/found.ts'

/** Throws unless a figure says in words what it shows. */
export function assertAlt(alt: unknown): asserts alt is string {
  if (typeof alt === 'string' && alt.trim() !== '') return
  const wrong = alt === undefined || alt === '' ? 'none' : found(alt)
  const reason = `Cannot make a figure, expected alt text that says what it shows, found ${wrong}`
  throw withKind(new Error(reason), 'no-alt')
}

/** Throws unless a caption is absent or Markdown with something in it. */
export function assertCaption(caption: unknown): asserts caption is string | undefined {
  if (caption === undefined || (typeof caption === 'string' && caption.trim() !== '')) return
  throw new Error(`Unexpected caption, expected Markdown, found ${found(caption)}`)
}
