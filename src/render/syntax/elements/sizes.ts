import type { Allowed } from './taking.ts'

const pxPer: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
}
const mostPx = 2000

function sizeIn(name: string, isShare: boolean): Allowed {
  return {
    wanted: `a length such as ${isShare ? '`50%` or ' : ''}\`6cm\`, at most ${mostPx} pixels`,
    read(value) {
      const [, number, unit = ''] = /^(\d{1,4}(?:\.\d{1,3})?)(%|px|pt|mm|cm|in)?$/.exec(value) ?? []
      if (number === undefined) return undefined
      const size = Number(number)
      if (unit === '%') return isShare && size > 0 && size <= 100 ? { [name]: `${size}%` } : undefined
      const px = Math.round(size * pxPer[unit]!)
      return px > 0 && px <= mostPx ? { [name]: String(px) } : undefined
    },
  }
}

/** The attributes of an image that say how large it is: shares of the text, or lengths. */
export const pictureSizes: Readonly<Record<string, Allowed>> = {
  width: sizeIn('width', true),
  height: sizeIn('height', false),
  'fig-alt': { wanted: 'words', read: () => ({}) },
  // Quarto's: figures are centred here.
  'fig-align': { wanted: '`center`', read: (value) => (value === 'center' ? {} : undefined) },
}
