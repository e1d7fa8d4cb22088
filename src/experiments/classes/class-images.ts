import type { LabelledImages } from '../data/dataset.ts'

/** Images of several classes, in the form that a network reads. */
export interface ClassImages {
  /** `[count, pixels]`, in [0, 1]. */
  readonly pixels: Float32Array
  /** `[count, classes]`, one-hot. */
  readonly labels: Float32Array
  /** `[count]`, class indices. */
  readonly classes: Uint8Array
  readonly count: number
}

/** Converts all images, in their order: divides pixels by 255 and makes labels one-hot. */
export function classImages({ images, labels, count }: LabelledImages, classes: number): ClassImages {
  const oneHot = new Float32Array(count * classes)
  for (let index = 0; index < count; index++) oneHot[index * classes + labels[index]!] = 1
  const pixels = new Float32Array(images.length)
  for (let index = 0; index < images.length; index++) pixels[index] = images[index]! / 255
  return { pixels, labels: oneHot, classes: labels, count }
}

/** Splits a set in two: the first `at` images and the rest. Throws if either part would be empty. */
export function splitImages(set: ClassImages, at: number): [ClassImages, ClassImages] {
  if (at < 1 || at >= set.count)
    throw new Error(
      `Cannot split ${set.count} images, expected both parts to have some, found ${at} in the first`,
    )
  return [cut(set, 0, at), cut(set, at, set.count)]
}

/** Gives the first `count` images of a set, or all of them if it has fewer. */
export function firstImages(set: ClassImages, count: number): ClassImages {
  return cut(set, 0, Math.min(count, set.count))
}

/** Gives the images from index `from` up to `to`, as views of the same memory. */
function cut({ pixels, labels, classes, count }: ClassImages, from: number, to: number): ClassImages {
  const rows = (all: Float32Array) => all.subarray((from * all.length) / count, (to * all.length) / count)
  return { pixels: rows(pixels), labels: rows(labels), classes: classes.subarray(from, to), count: to - from }
}
