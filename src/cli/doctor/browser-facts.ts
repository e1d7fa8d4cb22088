import { dirname } from 'node:path'
import { findPackage, findUnpacked } from '../../render/print/bundled.ts'
import { cacheFolders } from '../../render/print/cache-folder.ts'
import type { BrowserOptions, Skipped } from '../../render/print/find-browser.ts'
import { tryBrowsers } from '../../render/print/open-browser.ts'

/** Where the bundled browser may be unpacked if no build has done so yet: a folder that is removed afterwards. */
export interface BrowserWish {
  readonly scratch: string
}

/** The browser that prints, and those that a build would try before it. */
export interface BrowserFacts {
  readonly used?: { readonly origin: string; readonly executable: string; readonly version: string }
  readonly skipped: readonly Skipped[]
  /** Whether the first build has to unpack it. */
  readonly isPacked: boolean
}

/** Opens the browser that a build would print with, prints a line of text and closes it. Keeps nothing. */
export async function readBrowserFacts(
  { scratch }: BrowserWish,
  options: BrowserOptions = {},
): Promise<BrowserFacts> {
  const unpacked = await unpackedFolder(options)
  const folders = [unpacked === undefined ? scratch : dirname(unpacked)]
  const { opened, skipped } = await tryBrowsers({ ...options, cacheFolders: folders, mayRepair: false })
  await opened?.close()
  return {
    ...(opened && {
      used: { origin: opened.origin, executable: opened.executable, version: opened.version },
    }),
    skipped,
    isPacked: opened?.origin === 'bundled' && unpacked === undefined,
  }
}

async function unpackedFolder({ machine, cacheFolders: given }: BrowserOptions): Promise<string | undefined> {
  try {
    return await findUnpacked(await findPackage(), given ?? cacheFolders(machine))
  } catch {
    // Its package is not installed, as `tryBrowsers` says.
    return undefined
  }
}
