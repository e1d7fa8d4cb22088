import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { homeFolder, type Machine, thisMachine } from './cache-folder.ts'

/** Environment variables that name a browser's executable, first to last. */
export const namingVariables = ['WEFT_BROWSER', 'PUPPETEER_EXECUTABLE_PATH', 'CHROME_PATH'] as const

/**
 * Lists where Chrome, Chromium and Edge are usually installed, then what Puppeteer and Playwright have in their
 * caches (newest first). The paths need not exist.
 */
export async function installedBrowsers(machine: Machine = thisMachine()): Promise<readonly string[]> {
  return [...usualPlaces(machine), ...(await puppeteerCache(machine)), ...(await playwrightCache(machine))]
}

function usualPlaces(machine: Machine): readonly string[] {
  const { platform, env } = machine
  if (platform === 'win32') return windowsPlaces(env)
  if (platform === 'darwin') return macPlaces(homeFolder(machine))
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge']
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'))
  const places = names.flatMap((name) =>
    [...folders, '/usr/bin', '/snap/bin'].map((folder) => join(folder, name)),
  )
  return [...new Set([...places, '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'])]
}

function windowsPlaces(env: Machine['env']): readonly string[] {
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
    (root) => root !== undefined,
  )
  const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe']
  return [...programs, 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap((program) =>
    roots.map((root) => `${root}\\${program}`),
  )
}

function macPlaces(home: string | undefined): readonly string[] {
  const roots = ['/Applications', ...(home ? [join(home, 'Applications')] : [])]
  return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
    roots.map((root) => join(root, `${name}.app`, 'Contents', 'MacOS', name)),
  )
}

async function puppeteerCache(machine: Machine): Promise<readonly string[]> {
  const home = homeFolder(machine)
  const root = machine.env.PUPPETEER_CACHE_DIR ?? (home && join(home, '.cache', 'puppeteer'))
  if (!root) return []
  const found: string[] = []
  for (const product of ['chrome-headless-shell', 'chrome']) {
    for (const version of await newestFirst(join(root, product))) {
      const folder = join(root, product, version)
      for (const inner of await newestFirst(folder))
        found.push(...executables(join(folder, inner), machine, product))
    }
  }
  return found
}

async function playwrightCache(machine: Machine): Promise<readonly string[]> {
  const root = machine.env.PLAYWRIGHT_BROWSERS_PATH ?? playwrightRoot(machine)
  if (!root) return []
  const found: string[] = []
  for (const name of await newestFirst(root)) {
    if (!/^chromium(_headless_shell)?-\d+$/.test(name)) continue
    const product = name.startsWith('chromium_') ? 'headless_shell' : 'chrome'
    for (const inner of await newestFirst(join(root, name))) {
      found.push(...executables(join(root, name, inner), machine, product))
    }
  }
  return found
}

function playwrightRoot(machine: Machine): string | undefined {
  const home = homeFolder(machine)
  if (machine.platform === 'win32')
    return machine.env.LOCALAPPDATA && join(machine.env.LOCALAPPDATA, 'ms-playwright')
  if (home === undefined) return undefined
  return machine.platform === 'darwin'
    ? join(home, 'Library', 'Caches', 'ms-playwright')
    : join(home, '.cache', 'ms-playwright')
}

// Both caches keep one folder for the platform, such as chrome-linux64, with the executable or a bundle in it.
function executables(folder: string, { platform }: Machine, product: string): readonly string[] {
  if (platform === 'win32') return [join(folder, `${product}.exe`)]
  const names = ['Google Chrome for Testing', 'Chromium']
  const bundles = names.map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name))
  return platform === 'darwin' ? [join(folder, product), ...bundles] : [join(folder, product)]
}

async function newestFirst(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}
