import type { Garment, Part } from './garment-parts.ts'
import { mirrored, ring } from './garment-parts.ts'

/** A sole with or without a heel, and straps over the foot; toe to the left. */
export const sandal: Garment = (random) => {
  const [rise, toe] = [random.uniform(0, 8), random.uniform(20, 22.5)]
  const thick = random.uniform(1, 2.6)
  const sole = [1.5, toe - 0.4, 9, toe, 17, toe - rise * 0.6, 26, toe - rise]
  const under = [26.4, toe - rise + thick, 17, toe - rise * 0.6 + thick, 9, toe + thick, 2, toe + thick]
  const parts: Part[] = [{ contours: [[...sole, ...under]], tone: 1 }]
  const heel = [
    22,
    toe - rise + thick,
    26.4,
    toe - rise + thick,
    25.6,
    toe + thick,
    25.6 - random.uniform(0.6, 2.4),
    toe + thick,
  ]
  if (rise > 2) parts.push({ contours: [heel], tone: random.uniform(0.6, 1) })
  const straps = 1 + random.below(3)
  for (let strap = 0; strap < straps; strap++) {
    const x = 6.5 + strap * 3.4 + random.uniform(-0.8, 0.8)
    parts.push({
      contours: [
        ring(
          x,
          toe - strap * rise * 0.15,
          random.uniform(2, 3.6),
          random.uniform(2.5, 5),
          random.uniform(0.8, 1.7),
        ),
      ],
      tone: random.uniform(0.6, 1),
    })
  }
  const ankle = ring(
    22,
    toe - rise + 0.4,
    random.uniform(2.6, 4),
    random.uniform(5, 9),
    random.uniform(0.8, 1.4),
  )
  if (random.below(4) > 0) parts.push({ contours: [ankle], tone: random.uniform(0.6, 1) })
  return parts
}

/** A low shoe with a sole; toe to the left. */
export const sneaker: Garment = (random) => {
  const [ground, top] = [random.uniform(20.5, 23), random.uniform(10.5, 14)]
  const [vamp, tip] = [random.uniform(13, 17), random.uniform(16.2, 18.5)]
  const upper = [
    1,
    ground,
    1,
    tip + 1.4,
    3.5,
    tip,
    9,
    tip - 1,
    vamp,
    top + 1,
    vamp + 2,
    top,
    20,
    top + 2,
    25,
    top + random.uniform(-1, 1),
    26.6,
    ground,
  ]
  const sole: Part = {
    contours: [
      [0.8, ground - random.uniform(1.4, 2.4), 26.8, ground - 1.8, 26.8, ground + 0.6, 1.2, ground + 0.6],
    ],
    tone: random.uniform(0.4, 1.3),
  }
  const flash: Part = {
    contours: [
      [
        10,
        ground - 2,
        17,
        tip - 2.5,
        18.5 + random.uniform(0, 3),
        tip - 2.5,
        13 + random.uniform(0, 3),
        ground - 2,
      ],
    ],
    tone: random.uniform(0.5, 1.2),
  }
  return [{ contours: [upper], tone: 1 }, sole, flash]
}

/** A shoe with a shaft and a heel; toe to the left. */
export const ankleBoot: Garment = (random) => {
  const [ground, top] = [random.uniform(23, 25.5), random.uniform(2.5, 8.5)]
  const [front, back] = [random.uniform(12, 16), random.uniform(24, 26)]
  const [instep, tip] = [random.uniform(13, 16), random.uniform(17.5, 20)]
  const upper = [
    1.5,
    ground,
    1.8,
    tip + 1.5,
    4.5,
    tip,
    10,
    tip - 1.6,
    front,
    instep,
    front + random.uniform(-1.5, 1),
    top,
    back,
    top + random.uniform(-1, 1),
    back,
    17,
    back + 0.8,
    ground,
  ]
  const heel = random.uniform(0.4, 3)
  const sole: Part = {
    contours: [
      [
        1.5,
        ground - 1,
        back + 0.8,
        ground - 1,
        back + 0.6,
        ground + heel,
        back - 4,
        ground + heel,
        back - 5,
        ground + 0.6,
        1.7,
        ground + 0.6,
      ],
    ],
    tone: random.uniform(0.5, 1.2),
  }
  const cuff: Part = {
    contours: [[front - 0.5, top, back, top, back, top + 1.8, front - 0.3, top + 1.8]],
    tone: random.uniform(0.6, 1.15),
  }
  return [{ contours: [upper], tone: 1 }, cuff, sole]
}

/** A box with a handle or a flap. */
export const bag: Garment = (random) => {
  const [top, bottom] = [random.uniform(9, 14), random.uniform(22, 26)]
  const [upper, lower] = [random.uniform(6.5, 12), random.uniform(8.5, 12.8)]
  const parts: Part[] = [
    {
      contours: [
        mirrored([
          [upper, top],
          [upper + 0.4, top + 0.6],
          [lower, bottom - 1],
          [lower - 0.8, bottom],
        ]),
      ],
      tone: 1,
    },
  ]
  const reach = random.uniform(3, upper - 1)
  if (random.below(5) > 0) {
    const handle = ring(14, top + 0.5, reach, random.uniform(5, top - 0.5), random.uniform(0.75, 1.5))
    parts.unshift({ contours: [handle], tone: random.uniform(0.6, 1) })
  }
  const flap = random.below(3)
  const edge = top + random.uniform(3, 7)
  if (flap === 0)
    parts.push({
      contours: [
        mirrored([
          [upper, top],
          [upper - 0.5, edge],
          [1, edge + 2],
        ]),
      ],
      tone: random.uniform(0.7, 0.95),
    })
  if (flap < 2)
    parts.push({
      contours: [
        mirrored([
          [1, edge],
          [1, edge + 1.6],
        ]),
      ],
      tone: random.uniform(0.3, 1.3),
    })
  return parts
}
