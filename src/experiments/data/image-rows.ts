import type { LabelledImages } from './dataset.ts'

/** Gives the images from number `from` up to, but not including, `to`, in their order, without copying them. */
export function imageRows(all: LabelledImages, from: number, to: number): LabelledImages {
  const size = all.width * all.height
  return {
    ...all,
    images: all.images.subarray(from * size, to * size),
    labels: all.labels.subarray(from, to),
    count: to - from,
  }
}
