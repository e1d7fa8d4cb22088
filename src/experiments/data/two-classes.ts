import type { Dataset, LabelledImages } from './dataset.ts'

/** Images of two classes, in the form that a network reads. */
export interface TwoClasses {
  /** `[count, pixels]`, in [0, 1], in the order of the data set. */
  readonly pixels: Float32Array
  /** `[count]`: 0 for the first class, 1 for the second. */
  readonly labels: Float32Array
  readonly count: number
}

/** Gives the label of a class by name or number. For an unknown class it throws an error that lists the classes. */
export function labelOf(set: Pick<Dataset, 'name' | 'classes'>, wanted: string | number): number {
  const label = typeof wanted === 'number' ? wanted : set.classes.indexOf(wanted)
  if (set.classes[label] !== undefined) return label
  const known = set.classes.map((name, index) => `${index} ${name}`).join(', ')
  throw new Error(`Unexpected class \`${wanted}\` of \`${set.name}\`, expected one of: ${known}`)
}

/** Gives the indices of the images of one label, in their order. */
export function indicesOf(labels: Uint8Array, label: number): number[] {
  const indices: number[] = []
  for (let index = 0; index < labels.length; index++) if (labels[index] === label) indices.push(index)
  return indices
}

/** Converts the images of the labels `zero` and `one`, in their order, and divides pixels by 255. */
export function twoClasses(data: LabelledImages, zero: number, one: number): TwoClasses {
  const size = data.width * data.height
  const count = indicesOf(data.labels, zero).length + indicesOf(data.labels, one).length
  const pixels = new Float32Array(count * size)
  const labels = new Float32Array(count)
  let taken = 0
  for (let index = 0; index < data.count; index++) {
    const label = data.labels[index]
    if (label !== zero && label !== one) continue
    labels[taken] = label === one ? 1 : 0
    for (let pixel = 0; pixel < size; pixel++)
      pixels[taken * size + pixel] = data.images[index * size + pixel]! / 255
    taken++
  }
  return { pixels, labels, count }
}
