import { access, constants, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { discard, findPackage, isUndamaged, runsBundled, unpackBrowser } from './bundled.ts'
import { cacheFolders, type Machine, thisMachine } from './cache-folder.ts'
import { installedBrowsers, namingVariables } from './installed.ts'

/** A browser that may be able to print. */
export interface Candidate {
  /** Where it was found, for a reader: `CHROME_PATH`, `bundled`, `installed`. */
  readonly origin: string
  readonly executable: string
  readonly headless: 'shell' | true
  /** Makes its environment ready; `folder` is the running browser's own and goes with it. */
  environment(folder: string): Promise<{ readonly [name: string]: string }>
  /** Mends it after it did not start; says whether to try again. */
  repair?(): Promise<boolean>
}

/** A place where no browser could be had, and why. */
export interface Skipped {
  readonly origin: string
  readonly executable?: string
  readonly reason: string
}

/** Where to look for a browser; by default in all the usual places. */
export interface BrowserOptions {
  /** An executable; when given, nothing else is tried. */
  readonly executable?: string
  readonly machine?: Machine
  /** Where the bundled browser is unpacked, best first. */
  readonly cacheFolders?: readonly string[]
  /** Executables to try last; by default the installed browsers. */
  readonly installed?: readonly string[]
  /** Whether a bundled browser that was damaged is unpacked again; it is unless this is false. */
  readonly mayRepair?: boolean
  /** Called when the process of a browser is about to start. */
  readonly onLaunch?: () => void
}

/**
 * Finds browsers, best first: the one asked for by option or environment variable, the bundled one, installed
 * ones, those in Puppeteer's and Playwright's caches. Gives them one by one, since looking costs time.
 */
export async function* findBrowser(options: BrowserOptions = {}): AsyncGenerator<Candidate | Skipped> {
  const machine = options.machine ?? thisMachine()
  if (options.executable) {
    yield await existing('option', options.executable)
    return
  }
  for (const name of namingVariables) {
    const executable = machine.env[name]
    if (executable) yield await existing(name, executable)
  }
  yield await bundled(machine, options.cacheFolders ?? cacheFolders(machine))
  for (const executable of options.installed ?? (await installedBrowsers(machine))) {
    const found = await existing('installed', executable)
    if (!('reason' in found)) yield found
  }
}

async function existing(origin: string, executable: string): Promise<Candidate | Skipped> {
  try {
    await access(executable, constants.X_OK)
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return { origin, executable, reason: isMissing ? 'there is no such file' : 'it cannot be executed' }
  }
  const headless = /headless[-_]shell/.test(executable) ? 'shell' : true
  return { origin, executable, headless, environment: async () => ({}) }
}

async function bundled(machine: Machine, folders: readonly string[]): Promise<Candidate | Skipped> {
  const origin = 'bundled'
  if (!runsBundled(machine)) {
    return { origin, reason: `it is for linux-x64, this is ${machine.platform}-${machine.arch}` }
  }
  try {
    const from = await findPackage()
    const folder = await unpackBrowser(from, folders)
    return {
      origin,
      executable: join(folder, 'chromium'),
      headless: 'shell',
      environment: (own) => bundledEnvironment(folder, own, machine),
      async repair() {
        if (await isUndamaged(folder)) return false
        await discard(folder)
        return (await unpackBrowser(from, folders)) === folder
      },
    }
  } catch (error) {
    return { origin, reason: (error as Error).message }
  }
}

// Without a fontconfig file that names at least one font, Chromium draws no text at all, web fonts included.
async function bundledEnvironment(
  folder: string,
  own: string,
  machine: Machine,
): Promise<Record<string, string>> {
  const fontconfig = join(own, 'fonts.conf')
  await writeFile(fontconfig, fontsConf(join(folder, 'fonts'), join(own, 'fontconfig')))
  const libraries = [join(folder, 'al2023', 'lib'), machine.env.LD_LIBRARY_PATH].filter(Boolean)
  return {
    FONTCONFIG_FILE: fontconfig,
    LD_LIBRARY_PATH: libraries.join(delimiter),
    HOME: own,
    XDG_CACHE_HOME: own,
    XDG_CONFIG_HOME: own,
  }
}

function fontsConf(fonts: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${xml(fonts)}</dir>
  <cachedir>${xml(cache)}</cachedir>
</fontconfig>
`
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
