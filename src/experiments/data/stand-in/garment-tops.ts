import type { Random } from '../../../statistics/random.ts'
import type { Garment, Part } from './garment-parts.ts'
import { mirrored, pair } from './garment-parts.ts'

/** A short-sleeved top with a round neck. */
export const tShirt: Garment = (random) => {
  const cut = cutOf(random, { hem: [22, 26], waist: [4.8, 6.6] })
  return [...sleeves(random, cut, random.uniform(9, 13)), body(cut), neck(cut, random.uniform(1, 3))]
}

/** A long-sleeved top, sometimes with cuffs and hem in another tone. */
export const pullover: Garment = (random) => {
  const cut = cutOf(random, { hem: [22, 25.5], waist: [5, 7] })
  const trim: Part = {
    contours: [
      mirrored([
        [cut.waist, cut.hem - 2],
        [cut.waist, cut.hem],
      ]),
    ],
    tone: random.uniform(0.75, 1.1),
  }
  return [
    ...sleeves(random, cut, random.uniform(19, 24)),
    body(cut),
    trim,
    neck(cut, random.uniform(0.4, 1.6)),
  ]
}

/** A long top with long sleeves, open at the front, with lapels. */
export const coat: Garment = (random) => {
  const cut = cutOf(random, { hem: [24.5, 27], waist: [5, 7] })
  const opening: Part = {
    contours: [
      mirrored([
        [0.5, cut.shoulder + 4],
        [0.5, cut.hem],
      ]),
    ],
    tone: random.uniform(0.2, 0.8),
  }
  const lapels: Part = {
    contours: pair([
      [cut.neck, cut.shoulder],
      [cut.neck + 1.2, cut.shoulder + 1],
      [0.3, cut.shoulder + random.uniform(5, 9)],
    ]),
    tone: random.uniform(0.6, 0.95),
  }
  return [...sleeves(random, cut, random.uniform(20, 25)), body(cut), lapels, opening]
}

/** A top with a collar and a line of buttons, either of which may be faint, and sleeves of any length. */
export const shirt: Garment = (random) => {
  const cut = cutOf(random, { hem: [22, 26.5], waist: [4.8, 6.6] })
  const buttons: Part = {
    contours: [
      mirrored([
        [0.35, cut.shoulder + 2],
        [0.35, cut.hem],
      ]),
    ],
    tone: random.uniform(0.6, 1),
  }
  const collar: Part = {
    contours: pair([
      [0.2, cut.shoulder + 2.4],
      [cut.neck + 0.8, cut.shoulder - 0.6],
      [cut.neck + 1.2, cut.shoulder + 2],
    ]),
    tone: random.uniform(0.7, 1.15),
  }
  const sleeve = random.below(3) === 0 ? random.uniform(10, 14) : random.uniform(18, 24)
  return [...sleeves(random, cut, sleeve), body(cut), buttons, neck(cut, random.uniform(0.5, 1.5)), collar]
}

/** A dress, narrow at the waist, wide or straight at the hem, sometimes with sleeves. */
export const dress: Garment = (random) => {
  const [shoulder, neck] = [random.uniform(0.8, 2), random.uniform(1, 2)]
  const [chest, waist, hem] = [random.uniform(2.8, 4.4), random.uniform(2.2, 3.8), random.uniform(3.4, 8.5)]
  const cut: Cut = { shoulder, neck, chest, waist, hem: random.uniform(25.5, 27.5) }
  const parts: Part[] = [
    {
      contours: [
        mirrored([
          [neck, shoulder],
          [chest, shoulder + 1],
          [chest - 0.3, 6],
          [waist, random.uniform(9, 13)],
          [hem, cut.hem],
        ]),
      ],
      tone: 1,
    },
  ]
  const kind = random.below(4)
  if (kind === 0) parts.unshift(...sleeves(random, cut, random.uniform(6, 10)))
  if (kind === 1) parts.unshift(...sleeves(random, cut, random.uniform(14, 18)))
  return [
    ...parts,
    {
      contours: [
        mirrored([
          [neck, shoulder - 0.5],
          [0.3, shoulder + random.uniform(1, 4)],
        ]),
      ],
      tone: 0,
    },
  ]
}

/** Two legs with a gap between them. */
export const trouser: Garment = (random) => {
  const [waist, foot, crotch] = [random.uniform(3, 4.8), random.uniform(1.4, 3), random.uniform(7, 11)]
  const [top, end, apart] = [random.uniform(0.5, 2), random.uniform(25.5, 27.5), random.uniform(0.6, 2)]
  const leg = pair([
    [0, top],
    [waist, top],
    [waist + 0.7, crotch - 2],
    [apart + foot, end],
    [apart, end],
    [0, crotch],
  ])
  const belt: Part = {
    contours: [
      mirrored([
        [waist, top],
        [waist, top + 1.2],
      ]),
    ],
    tone: random.uniform(0.7, 1.1),
  }
  return [{ contours: leg.map(clockwise), tone: 1 }, belt]
}

interface Cut {
  /** Ordinates of shoulder and hem; half widths of neck, chest and waist. */
  readonly shoulder: number
  readonly hem: number
  readonly neck: number
  readonly chest: number
  readonly waist: number
}

/** Draws the measures of a garment at random. */
function cutOf(random: Random, { hem, waist }: Record<'hem' | 'waist', readonly [number, number]>): Cut {
  const half = random.uniform(...waist)
  return {
    shoulder: random.uniform(2, 4),
    hem: random.uniform(...hem),
    neck: random.uniform(1.6, 3),
    chest: half + random.uniform(-0.3, 0.8),
    waist: half,
  }
}

/** Gives the body of a garment. */
function body({ shoulder, hem, neck, chest, waist }: Cut): Part {
  return {
    contours: [
      mirrored([
        [neck, shoulder],
        [chest, shoulder + 1.2],
        [waist, (shoulder + hem) / 2],
        [waist, hem],
      ]),
    ],
    tone: 1,
  }
}

/** Cuts the neck out of the parts painted before it. */
function neck({ shoulder, neck: half }: Cut, depth: number): Part {
  return {
    contours: [
      mirrored([
        [half, shoulder - 1],
        [half * 0.7, shoulder + depth * 0.8],
        [half * 0.3, shoulder + depth],
      ]),
    ],
    tone: 0,
  }
}

/** Two sleeves that hang down to the ordinate `end`; longer sleeves are closer to the body. */
function sleeves(random: Random, { shoulder, chest }: Cut, end: number): Part[] {
  const drop = end - shoulder
  const out = Math.min(12.8, chest + 2.4 + Math.min(drop, 9) * random.uniform(0.2, 0.45))
  const width = random.uniform(2, 3.2)
  const right = pair([
    [chest - 1, shoulder + 0.6],
    [chest + 1, shoulder + 1.4],
    [out, end - 0.8],
    [out - width, end],
    [chest - 0.6, shoulder + 6],
  ])
  return [{ contours: right.map(clockwise), tone: random.uniform(0.82, 1.02) }]
}

/** Orients a contour, so that overlapping contours of one part never cancel. */
function clockwise(contour: readonly number[]): readonly number[] {
  let area = 0
  for (let at = 0; at < contour.length; at += 2) {
    const end = (at + 2) % contour.length
    area += contour[at]! * contour[end + 1]! - contour[end]! * contour[at + 1]!
  }
  if (area >= 0) return contour
  const corners = Array.from({ length: contour.length / 2 }, (_, index) => [
    contour[2 * index]!,
    contour[2 * index + 1]!,
  ])
  return corners.reverse().flat()
}
