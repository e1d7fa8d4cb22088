import { limits } from '../model/limits.ts'
import { fail, hasErrors, Unreadable } from '../model/messages.ts'
import type { FrontMatter, Report } from '../model/types.ts'
import { checkShape, TooMuch } from './check-shape.ts'
import { cleanText } from './clean-text.ts'

/**
 * Gives a report that was just read with a front matter that shows what it says. Throws `Unreadable`, with
 * `report-is-harmless` on its files, where reading its Markdown would take too much.
 */
export function checkReport(report: Report): Report {
  const { files, front } = report
  for (const file of files) {
    try {
      checkShape(String(file))
    } catch (cause) {
      const line = cause instanceof TooMuch ? cause.line : 1
      const reason = `Cannot read the Markdown, ${(cause as Error).message}`
      fail(file, 'report-is-harmless', reason, { line, column: 1 })
    }
  }
  const texts = [front.title, front.subtitle ?? '', ...front.author]
  if (
    texts.some((text) => text.length > limits.titleCharacters) ||
    front.author.length > limits.titleCharacters
  ) {
    const reason = `Unexpected title or author, expected at most ${limits.titleCharacters} characters of each, and authors`
    fail(files[0]!, 'report-is-harmless', reason, { line: 1, column: 1 })
  }
  if (hasErrors(files)) throw new Unreadable(files)
  return { ...report, front: cleanFront(front) }
}

function cleanFront(front: FrontMatter): FrontMatter {
  const { title, subtitle, author } = front
  return {
    ...front,
    title: cleanText(title),
    ...(subtitle === undefined ? {} : { subtitle: cleanText(subtitle) }),
    author: author.map(cleanText),
  }
}
