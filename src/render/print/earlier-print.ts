import { readFileSync } from 'node:fs'
import { readClient } from '../model/client-programs.ts'
import { sha256 } from '../model/digest.ts'
import { weftDigest } from '../model/home.ts'
import type { OpenBrowser } from './open-browser.ts'
import type { Printed } from './print.ts'
import type { NumberMemory } from './print-pages.ts'

/** A print that may have been made before. */
interface Printing {
  /** Names all that decides the bytes; undefined if that is not known. */
  readonly key: string | undefined
  readonly memory: NumberMemory
  /** The PDF that the last build wrote: the print, and behind it what was attached. */
  readonly path: string
  /** Prints anew, whatever is remembered. */
  readonly isFresh?: boolean
}

/** A print, and whether an earlier build made it. */
type KeptPrint = Printed & { readonly isKept: boolean }

interface Remembered extends Omit<Printed, 'pdf'> {
  readonly bytes: number
  readonly digest: string
  /** What the print looked up: the next one of a changed page still wants it. */
  readonly wanted: readonly string[]
}

/**
 * Gives the print that the last build made, if all that decides its bytes is the same and its file still has them.
 * Otherwise prints.
 */
export async function printOnce(
  make: (memory: NumberMemory) => Promise<Printed>,
  printing: Printing,
): Promise<KeptPrint> {
  const { key, memory } = printing
  const known = key === undefined || printing.isFresh ? undefined : earlierPrint(key, printing)
  if (known) return { ...known, isKept: true }
  const wanted = new Set<string>()
  const printed = await make({
    get(name) {
      wanted.add(name)
      return memory.get(name)
    },
    set(name, text) {
      wanted.add(name)
      memory.set(name, text)
    },
  })
  const { pdf, pages, sections, warnings } = printed
  const { length: bytes } = pdf
  const remembered: Remembered = {
    pages,
    sections,
    warnings,
    bytes,
    digest: sha256(pdf),
    wanted: [...wanted],
  }
  if (key !== undefined) memory.set(key, JSON.stringify(remembered))
  return { ...printed, isKept: false }
}

function earlierPrint(key: string, { memory, path }: Printing): Printed | undefined {
  const text = memory.get(key)
  if (text === undefined) return undefined
  const { bytes, digest, wanted, ...rest } = JSON.parse(text) as Remembered
  const pdf = readBeginning(path, bytes)
  if (!pdf || sha256(pdf) !== digest) return undefined
  for (const name of wanted) memory.get(name)
  return { ...rest, pdf }
}

function readBeginning(path: string, bytes: number): Uint8Array | undefined {
  try {
    const file = readFileSync(path)
    return file.length < bytes ? undefined : new Uint8Array(file.subarray(0, bytes))
  } catch {
    return undefined
  }
}

/**
 * Names all that decides the bytes of a print. Gives nothing for a browser of the machine: it may take other fonts
 * tomorrow, which its version does not tell.
 */
export async function printKey(
  html: string,
  { origin, version }: Pick<OpenBrowser, 'origin' | 'version'>,
  { date, floats }: { readonly date: Date; readonly floats: boolean },
): Promise<string | undefined> {
  if (origin !== 'bundled') return undefined
  const code = sha256(`${weftDigest()} ${await readClient('floats')}`)
  return `print ${sha256(`${code} ${version} ${date.toISOString()} ${floats} ${html}`)}`
}
