import { limits } from '../model/limits.ts'
import { type Kept, keptMessages, type Memory, replay } from '../model/memory.ts'
import type { Report } from '../model/types.ts'
import { type Bibliography, readBibliography } from './read-bibliography.ts'

/** Reads the bibliography of a report, which takes seconds if it is large, or gives that of the last update if its files are the same. */
export function readRemembered(report: Report, memory: Memory): Bibliography | undefined {
  interface Read {
    readonly texts: string
    readonly bibliography: Bibliography
    readonly messages: readonly (readonly Kept[])[]
  }
  const texts = textsOf(report)
  const before = memory.value<Read>('bibliography')
  if (texts === undefined || before?.texts !== texts) {
    const bibliography = readBibliography(report)
    if (texts === undefined || !bibliography) return bibliography
    memory.keep<Read>('bibliography', { texts, bibliography, messages: bibliography.files.map(keptMessages) })
    return bibliography
  }
  for (const [index, file] of before.bibliography.files.entries()) {
    file.messages.length = 0
    replay(before.messages[index]!, file)
  }
  return before.bibliography
}

function textsOf({ front, reader }: Report): string | undefined {
  try {
    return (front.bibliography ?? [])
      .map((name) => new TextDecoder().decode(reader.read(name, limits.textBytes)))
      .join('\0')
  } catch {
    return undefined
  }
}
