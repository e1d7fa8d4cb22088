import { baseCss } from './css-base.ts'
import { blocksCss } from './css-blocks.ts'
import { cardsCss } from './css-cards.ts'
import { codeCss } from './css-code.ts'
import { coloursCss } from './css-colours.ts'
import { contentsCss } from './css-contents.ts'
import { figuresCss } from './css-figures.ts'
import { type Margins, printCss } from './css-print.ts'
import { referencesCss } from './css-references.ts'
import { registersCss } from './css-registers.ts'
import { tablesCss } from './css-tables.ts'
import { toolsCss } from './css-tools.ts'

const parts = [
  ...[coloursCss, baseCss, blocksCss, codeCss, figuresCss],
  ...[tablesCss, referencesCss, registersCss, contentsCss, toolsCss, cardsCss],
]

/** Gives the rules of the page, screen and print. */
export function pageCss(report: Margins): string {
  return [...parts, printCss(report)]
    .map((css) => css.trim())
    .filter((css) => css !== '')
    .join('\n')
}
