/** The files of another version of a project. Paths have forward slashes and are relative to its top folder. */
export interface VersionFiles {
  /** As it was asked for: `HEAD`, `submission.zip`. */
  readonly name: string
  /** What it is: `1a2b3c4d of 2026-11-29`. */
  readonly detail: string
  readonly paths: ReadonlySet<string>
  /** Gives the bytes of the files that are there; a file that is not there is left out. */
  read(paths: readonly string[]): ReadonlyMap<string, Uint8Array>
}

/** Reads one file as text; undefined if it is not there. */
export function textOf(files: VersionFiles, path: string): string | undefined {
  const bytes = files.read([path]).get(path)
  return bytes && new TextDecoder().decode(bytes)
}
