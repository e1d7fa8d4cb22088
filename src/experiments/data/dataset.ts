/** Images with their labels. Image i is `images.subarray(i * height * width, (i + 1) * height * width)`. */
export interface LabelledImages {
  /** `[count, height, width]`, row-major, 0 = background, 255 = full ink. */
  readonly images: Uint8Array
  /** `[count]`, indices into the data set's `classes`. */
  readonly labels: Uint8Array
  readonly count: number
  readonly width: number
  readonly height: number
}

export type Split = 'train' | 'test'

/** Where and how to find data: all of the outside world that loading touches. */
export interface LoadOptions {
  /** Variables to read: WEFT_DATA, HOME, XDG_CACHE_HOME and LOCALAPPDATA; from this process by default. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** A name as in `process.platform`; by default that of this machine. */
  readonly platform?: string
  /** Base addresses to download from, tried in order, instead of the data set's own; [] disables downloads. */
  readonly addresses?: readonly string[]
  /**
   * Receives lines of progress. By default those of downloading and unpacking go to stderr, and reading a long file
   * reports none.
   */
  readonly report?: (line: string) => void
  /** Stops a download; the bytes that have arrived are kept for the next attempt. */
  readonly signal?: AbortSignal
  /**
   * Digest of all code that decodes and cleans data, under which the result is kept for the next call; by default that
   * of the job or cell that calls. Elsewhere nothing is kept.
   */
  readonly code?: string
}

/** A named set of labelled images. Nothing is read until `load` is called. */
export interface Dataset {
  /** The name in params: `fashion-mnist`. */
  readonly name: string
  /** The name in text: `Fashion-MNIST`. */
  readonly title: string
  /** Class names in the order of the labels. */
  readonly classes: readonly string[]
  /** Its authors, and where it is described. */
  readonly source: string
  readonly licence: string
  /** Gives one split, or an error that names the missing file and how to get it; never another data set. */
  load(split: Split, options?: LoadOptions): Promise<LabelledImages>
}

/** Finds a data set by name among `sets`. For an unknown name it throws an error that lists the known ones. */
export function findDataset(sets: readonly Dataset[], name: string): Dataset {
  const found = sets.find((set) => set.name === name)
  if (found) return found
  throw new Error(
    `Unexpected data set \`${name}\`, expected ${sets.map((set) => `\`${set.name}\``).join(' or ')}`,
  )
}
