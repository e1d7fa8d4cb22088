/** The rules for a readable file, one for each way in which a file can fail. */
export const h5Rules = {
  'is-there': 'the file exists',
  'is-file': 'it is a file, not a folder',
  'is-readable': 'it may be read',
  'is-not-empty': 'it holds bytes',
  'is-hdf5': 'it begins as HDF5 does, not as a web page or anything else',
  'is-whole': 'nothing is cut off its end, and all its parts can be found',
  'has-datasets': 'it has `trainData` and `testData`',
  'is-dataset': 'each of them is a dataset, not a group',
  'is-numeric': 'their elements are integers or floats',
  'has-785-columns': 'they are tables of 785 columns',
  'has-rows': 'they have rows',
  'is-bounded': 'they have no more rows than memory can hold',
  'is-filled': 'all their elements were written',
  'has-known-filters': 'their compression is known',
  'has-own-elements': 'their elements lie in the file itself',
  'can-be-unpacked': 'their elements can be read',
  'labels-are-whole': 'labels are whole numbers',
  'labels-are-0-to-9': 'labels are 0 to 9',
  'pixels-are-numbers': 'no pixel is NaN',
  'pixels-are-finite': 'no pixel is infinite',
  'pixels-are-levels': 'where bytes are asked for, pixels are whole grey levels, scaled and shifted',
  'zip-is-whole': 'an archive is not damaged',
  'zip-has-one': 'an archive holds one HDF5 file',
  'zip-is-open': 'an archive is not encrypted',
  'zip-is-packed-well': 'an archive is packed by deflate or not at all',
  'zip-stays-inside': 'no member of an archive leads out of it',
  'zip-is-bounded': 'what an archive unpacks to is not too large',
} as const

export type H5Rule = keyof typeof h5Rules

/** An error with the name of the rule that a file breaks, and with what was expected and found. */
export class H5Error extends Error {
  readonly rule: H5Rule

  constructor(rule: H5Rule, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'H5Error'
    this.rule = rule
  }
}

/** Creates the error "Cannot use `path`, expected X, found Y". */
export function unusable(
  path: string,
  rule: H5Rule,
  { expected, found, cause }: { expected: string; found: string; cause?: unknown },
): H5Error {
  const message = `Cannot use \`${path}\`, expected ${expected}, found ${found}`
  return new H5Error(rule, message, cause === undefined ? undefined : { cause })
}
