/** What nothing uses, by what it is. */
export const garbageKinds = {
  results: 'results that no lock and no last build names',
  code: 'code of past runs and lists of jobs',
  caches: 'caches of reports that are gone',
  aside: 'damaged files that were set aside',
  leftovers: 'leftovers of builds that were ended',
  data: 'prepared data of past code',
  browsers: 'unpacked browsers of other versions',
} as const

export type GarbageKind = keyof typeof garbageKinds

/** A file or folder that may be removed. */
export interface Garbage {
  readonly kind: GarbageKind
  readonly path: string
  readonly bytes: number
  /** When it was last written or used, in ms. */
  readonly usedAt: number
}
