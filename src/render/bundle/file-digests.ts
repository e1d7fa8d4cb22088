import { readFileSync, statSync } from 'node:fs'
import { sha256 } from '../model/digest.ts'
import type { Digest } from '../model/types.ts'
import { findPackage, packageDigest } from './packages.ts'

/** Digests of files and packages as they are now, each looked at once an update. */
export class FileDigests {
  readonly #known = new Map<string, { readonly state: string; readonly digest: Digest }>()
  #now = new Map<string, Digest | null>()
  #packages = new Map<string, string | undefined>()
  #startedMs = 0
  readonly #young = new Set<string>()

  /** An update begins: files may have changed. */
  begin(): void {
    this.#now = new Map()
    this.#packages = new Map()
    this.#young.clear()
    this.#startedMs = Date.now()
  }

  /** Whether a file has changed since the update began, so that nobody knows which bytes were bundled. */
  isYoung(path: string): boolean {
    this.of(path)
    return this.#young.has(path)
  }

  /** Gives the digest of a file's bytes; null if there is no file. */
  of(path: string): Digest | null {
    const now = this.#now.get(path)
    if (now !== undefined) return now
    const digest = this.#read(path)
    this.#now.set(path, digest)
    return digest
  }

  /** Gives the folder in which a package is found from a folder. */
  packageFrom(name: string, from: string): string | undefined {
    return this.#once(`${name} ${from}`, () => findPackage(name, from))
  }

  /** Gives the digest of a package's version and those of its dependencies. */
  ofPackage(folder: string): Digest {
    return this.#once(folder, () => packageDigest(folder))!
  }

  #once(key: string, find: () => string | undefined): string | undefined {
    if (!this.#packages.has(key)) this.#packages.set(key, find())
    return this.#packages.get(key)
  }

  #read(path: string): Digest | null {
    const status = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (!status?.isFile()) {
      this.#known.delete(path)
      return null
    }
    if (Number(status.mtimeMs) > this.#startedMs) this.#young.add(path)
    const state = `${status.ino} ${status.size} ${status.mtimeNs}`
    const known = this.#known.get(path)
    if (known?.state === state) return known.digest
    const digest = sha256(readFileSync(path))
    this.#known.set(path, { state, digest })
    return digest
  }
}
