import type { LabelledImages } from '../data/dataset.ts'
import { imageRows } from '../data/image-rows.ts'

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

/** Splits images in two: the first `at` and the rest. Throws if either part would be empty. */
export function splitImages(all: LabelledImages, at: number): [LabelledImages, LabelledImages] {
  if (at < 1 || at >= all.count)
    throw new Error(
      `Cannot split ${all.count} images, expected both parts to have some, found ${at} in the first`,
    )
  return [imageRows(all, 0, at), imageRows(all, at, all.count)]
}

/** Gives the first `count` images of a set, or all of them if it has fewer, as views of the same memory. */
export function firstImages(set: ClassImages, wanted: number): ClassImages {
  const count = Math.min(wanted, set.count)
  const rows = (all: Float32Array) => all.subarray(0, (count * all.length) / set.count)
  return {
    pixels: rows(set.pixels),
    labels: rows(set.labels),
    classes: set.classes.subarray(0, count),
    count,
  }
}
