import { countPages } from './count-pages.ts'
import { foldText, type OpenText, openText } from './pdf-text.ts'

/**
 * Checks that a print has text on every page, and all the texts that are expected; gives the number of its pages.
 * A browser in trouble leaves text away without an error. Pages that plainly draw text are read only for the texts
 * that are still to be found.
 *
 * @param isPlain of each page whether it plainly draws text
 */
export async function verifyPrint(
  pdf: Uint8Array,
  expected: readonly string[],
  isPlain: readonly boolean[],
): Promise<number> {
  const text = await openText(pdf)
  try {
    const { count } = text
    const counted = countPages(pdf)
    if (count === 0 || count !== counted)
      throw new Error(`Unexpected print, expected ${counted} pages with text, found ${count}`)
    await findTexts(text, expected.map(foldText))
    await findEmpty(text, isPlain)
    return count
  } finally {
    await text.close()
  }
}

async function findTexts(text: OpenText, wanted: readonly string[]): Promise<void> {
  let found = ''
  for (let number = 1; number <= text.count; number++) {
    found = foldText(`${found} ${(await text.read(number)).body}`)
    if (wanted.every((one) => holds(found, one))) return
  }
  const missing = wanted.find((one) => !holds(found, one))
  if (missing === undefined) return
  throw new Error(`Unexpected print, expected the text \`${missing}\`, found \`${found.slice(0, 200)}…\``)
}

// A long word is broken where its line ends, without a hyphen.
function holds(text: string, wanted: string): boolean {
  return text.includes(wanted) || text.replaceAll(' ', '').includes(wanted.replaceAll(' ', ''))
}

async function findEmpty(text: OpenText, isPlain: readonly boolean[]): Promise<void> {
  for (let number = 1; number <= text.count; number++) {
    if (isPlain[number - 1]) continue
    const { body, margins } = await text.read(number)
    if (`${body}${margins}`.trim() !== '') continue
    throw new Error(`Unexpected print, expected text on page ${number} of ${text.count}, found none`)
  }
}
