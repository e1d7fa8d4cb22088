import type { VFile } from 'vfile'
import type { Message } from './protocol.ts'

/** Tells a person at a console what happens. */
export interface PreviewLog {
  /** @param because files that changed, relative to the root; none if results came */
  updated(
    update: { readonly because: readonly string[]; readonly elapsedMs: number },
    messages: readonly Message[],
  ): void
  /** The report cannot be read, with messages on its files, or the tool failed. */
  stopped(error: Error, files: readonly VFile[]): void
}
