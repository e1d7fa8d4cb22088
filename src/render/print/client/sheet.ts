/** The box of a page's contents, in CSS pixels. */
export interface Sheet {
  readonly width: number
  readonly height: number
}

const pxPer: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
}
const sizes: Readonly<Record<string, readonly [width: string, height: string]>> = {
  a3: ['297mm', '420mm'],
  a4: ['210mm', '297mm'],
  a5: ['148mm', '210mm'],
  b4: ['250mm', '353mm'],
  b5: ['176mm', '250mm'],
  letter: ['8.5in', '11in'],
  legal: ['8.5in', '14in'],
  ledger: ['11in', '17in'],
}

/**
 * Reads from the rules of a loaded page how large the contents of its printed pages are, as Chromium lays them out:
 * it rounds a sheet to whole pixels. Gives nothing where it cannot tell, or where pages differ.
 */
export function readSheet(): Sheet | undefined {
  const rules = pageRules([...document.styleSheets].map(({ cssRules }) => cssRules))
  const own = rules.filter(({ selectorText }) => selectorText === '')
  const others = rules.filter(({ selectorText }) => selectorText !== '')
  if (others.some(({ selectorText, style }) => changesSize(style) && isUsed(selectorText))) return undefined
  const last = (name: string) =>
    own.map(({ style }) => style.getPropertyValue(name)).findLast((one) => one !== '')
  const size = sheetSize(last('size') ?? '')
  const margins = ['top', 'right', 'bottom', 'left'].map((side) => toPx(last(`margin-${side}`) ?? ''))
  const [top, right, bottom, left] = margins
  if (!size || margins.includes(undefined)) return undefined
  return { width: snapped(size[0] - left! - right!), height: snapped(size[1] - top! - bottom!) }
}

function pageRules(lists: readonly CSSRuleList[]): CSSPageRule[] {
  return lists.flatMap((list) =>
    [...list].flatMap((rule) => {
      if (rule instanceof CSSPageRule) return [rule]
      const isPrinted = rule instanceof CSSMediaRule && /\bprint\b|\ball\b/.test(rule.media.mediaText)
      return isPrinted ? pageRules([rule.cssRules]) : []
    }),
  )
}

function changesSize(style: CSSPageRule['style']): boolean {
  return ['size', 'margin-top', 'margin-bottom', 'margin-left', 'margin-right'].some(
    (name) => style.getPropertyValue(name) !== '',
  )
}

// The pages that lie on their side have names that begin so.
function isUsed(selector: string): boolean {
  return !selector.startsWith('lying') || document.querySelector('main .weft-landscape') !== null
}

function sheetSize(text: string): readonly [number, number] | undefined {
  const words = text.toLowerCase().split(/\s+/)
  const named = words.map((word) => sizes[word]).find((one) => one !== undefined)
  const lengths = named ?? words.filter((word) => /^\d/.test(word))
  const [width, height = width] = lengths.map(toPx)
  if (width === undefined || height === undefined) return undefined
  const sides = [Math.round(width), Math.round(height)] as const
  return words.includes('landscape') ? [Math.max(...sides), Math.min(...sides)] : sides
}

function toPx(length: string): number | undefined {
  const [, number, unit = ''] = /^([\d.]+)([a-z]*)$/.exec(length.trim()) ?? []
  if (number === undefined) return undefined
  return Number(number) === 0 ? 0 : pxPer[unit] && Number(number) * pxPer[unit]
}

// Layout counts in 64ths of a pixel.
function snapped(px: number): number {
  return Math.floor(px * 64) / 64
}
