import { baseCss } from './css-base.ts'
import { blocksCss } from './css-blocks.ts'
import { codeCss } from './css-code.ts'
import { coloursCss } from './css-colours.ts'
import { figuresCss } from './css-figures.ts'
import { printCss } from './css-print.ts'

/** Gives the rules of the page, screen and print. */
export function pageCss(report: { readonly title: string; readonly notice: string }): string {
  return [coloursCss, baseCss, blocksCss, codeCss, figuresCss, printCss(report)]
    .map((css) => css.trim())
    .join('\n')
}
