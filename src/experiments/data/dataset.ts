/** Images with their labels; image i is `images.subarray(i * height * width, (i + 1) * height * width)`. */
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

/** Where data is looked for and how; everything of the outside world that loading touches. */
export interface LoadOptions {
  /** WEFT_DATA, HOME, XDG_CACHE_HOME, LOCALAPPDATA are read from it; the environment of this process by default. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** As `process.platform` names it; that of this machine unless given. */
  readonly platform?: string
  /** Base addresses to download from, tried in order, instead of the data set's own; [] forbids downloads. */
  readonly addresses?: readonly string[]
  /**
   * Gets a line of progress now and then. By default those of downloads and of unpacking are written to stderr, and
   * of reading a long file there are none.
   */
  readonly report?: (line: string) => void
  /** Stops a download; what has arrived is kept for the next attempt. */
  readonly signal?: AbortSignal
}

/** A named set of labelled images. Nothing is read until `load` is called. */
export interface Dataset {
  /** What a param says: `fashion-mnist`. */
  readonly name: string
  /** What prose says: `Fashion-MNIST`. */
  readonly title: string
  /** Class names in the order of the labels. */
  readonly classes: readonly string[]
  /** Who made it and where it is described. */
  readonly source: string
  readonly licence: string
  /** Gives one split, or an error that names the file and says how to get it; never another data set. */
  load(split: Split, options?: LoadOptions): Promise<LabelledImages>
}

/** Finds a data set by its name among `sets`; an unknown name is an error that lists the known ones. */
export function findDataset(sets: readonly Dataset[], name: string): Dataset {
  const found = sets.find((set) => set.name === name)
  if (found) return found
  throw new Error(
    `Unexpected data set \`${name}\`, expected ${sets.map((set) => `\`${set.name}\``).join(' or ')}`,
  )
}
