import { z } from 'zod'
import type { Sides } from '../../model/types.ts'
import type { Problem } from './authors.ts'

/** Width and height of each named paper, in mm. */
export const papers = {
  a3: [297, 420],
  a4: [210, 297],
  a5: [148, 210],
  a6: [105, 148],
  b4: [250, 353],
  b5: [176, 250],
  letter: [215.9, 279.4],
  legal: [215.9, 355.6],
  executive: [184.15, 266.7],
  tabloid: [279.4, 431.8],
} as const

const mmPerUnit = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72 } as const
const lengthForm = String.raw`\d+(?:\.\d+)?(?:mm|cm|in|pt)`

/** A length with its unit: `25mm`. */
export const length = z.string().regex(new RegExp(`^${lengthForm}$`))

const names = Object.keys(papers) as (keyof typeof papers)[]

/** The member `papersize`: a name, or width and height. */
export const papersize = z.union([
  z.enum(names),
  z.string().regex(new RegExp(`^${lengthForm} ${lengthForm}$`)),
])

/** The member `margin`: one length, or one for each side. */
export const margin = z.union([
  length,
  z.strictObject({
    top: length.optional(),
    right: length.optional(),
    bottom: length.optional(),
    left: length.optional(),
    x: length.optional().describe('Left and right.'),
    y: length.optional().describe('Top and bottom.'),
  }),
])

/** Gives a length in mm. */
export function millimetres(text: string): number {
  const unit = /[a-z]+$/.exec(text)![0] as keyof typeof mmPerUnit
  return Number.parseFloat(text) * mmPerUnit[unit]
}

/** Gives width and height of a paper in mm. */
export function sizeOf(paper: z.infer<typeof papersize>): readonly [width: number, height: number] {
  if (Object.hasOwn(papers, paper)) return papers[paper as keyof typeof papers]
  const [width, height] = paper.split(' ').map(millimetres)
  return [width!, height!]
}

/** Gives the sides that a margin names, in mm. */
export function sidesOf(given: z.infer<typeof margin>): Partial<Sides> {
  if (typeof given === 'string') {
    const all = millimetres(given)
    return { top: all, right: all, bottom: all, left: all }
  }
  const { top, right, bottom, left, x, y } = given
  const sides = { top: top ?? y, right: right ?? x, bottom: bottom ?? y, left: left ?? x }
  return Object.fromEntries(
    Object.entries(sides).flatMap(([side, text]) => (text === undefined ? [] : [[side, millimetres(text)]])),
  )
}

const leastPaperMm = 70
const mostPaperMm = 1200
const leastTextMm = 40

/** Says what is wrong with a paper, or with margins that leave no room for text. */
export function paperProblems(
  paper: readonly [width: number, height: number],
  margins: Partial<Sides>,
): Problem[] {
  const [width, height] = paper
  if (Math.min(width, height) < leastPaperMm || Math.max(width, height) > mostPaperMm)
    return [
      {
        path: ['papersize'],
        reason: `Unexpected \`papersize\`, expected sides of ${leastPaperMm} to ${mostPaperMm} mm, found ${rounded(width)} × ${rounded(height)} mm`,
      },
    ]
  const [left, right, top, bottom] = [margins.left, margins.right, margins.top, margins.bottom].map(
    (side) => side ?? 0,
  )
  const room = Math.min(width - left! - right!, height - top! - bottom!)
  if (room >= leastTextMm) return []
  const reason = `Unexpected \`margin\`, expected one that leaves at least ${leastTextMm} mm for the text, found ${rounded(Math.max(0, room))} mm of a paper of ${rounded(width)} × ${rounded(height)} mm`
  return [{ path: ['margin'], reason }]
}

function rounded(mm: number): string {
  return String(Math.round(mm * 10) / 10)
}
