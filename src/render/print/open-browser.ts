import type { Browser } from 'puppeteer-core'
import { answered, isBrowserFault } from './browser-fault.ts'
import { type BrowserOptions, type Candidate, findBrowser, type Skipped } from './find-browser.ts'
import { fullFolder, type Launched, launch, NoTemporaryFolder } from './launch.ts'

/** A browser that has shown that it can print. */
export interface OpenBrowser extends Launched {
  readonly origin: string
  readonly executable: string
  readonly version: string
}

/**
 * Opens the first browser that starts and prints a line of text. Takes 0.2 to 0.5 s, so call it before the
 * page is ready and await it late. Throws one error that lists what was tried.
 */
export async function openBrowser(options: BrowserOptions = {}): Promise<OpenBrowser> {
  const { opened, skipped } = await tryBrowsers(options)
  if (opened) return opened
  const full = await fullFolder()
  if (full) throw new Error(`Cannot print. ${full.message}`)
  throw new Error(report(skipped))
}

/** The first browser that prints, if there is one, and those before it that do not. */
export interface Tried {
  readonly opened?: OpenBrowser
  readonly skipped: readonly Skipped[]
}

/** Opens the first browser that starts and prints a line of text, and says why those before it do not. */
export async function tryBrowsers(options: BrowserOptions = {}): Promise<Tried> {
  const skipped: Skipped[] = []
  for await (const candidate of findBrowser(options)) {
    if ('reason' in candidate) {
      skipped.push(candidate)
      continue
    }
    const { origin, executable } = candidate
    try {
      const launched = await open(candidate, options)
      const version = await launched.browser.version()
      return { opened: { ...launched, origin, executable, version }, skipped }
    } catch (error) {
      // Another browser would find the same folder.
      if (error instanceof NoTemporaryFolder)
        throw new Error(`Cannot print. ${error.message}`, { cause: error })
      skipped.push({ origin, executable, reason: launchReason(error) })
    }
  }
  return { skipped }
}

async function open(candidate: Candidate, { onLaunch, mayRepair = true }: BrowserOptions): Promise<Launched> {
  try {
    return await launchProbed(candidate, onLaunch)
  } catch (error) {
    const isMended = mayRepair && (await candidate.repair?.())
    // One more try costs a second.
    if (!isMended && !(await isBrowserFault(error))) throw error
    return launchProbed(candidate, onLaunch)
  }
}

async function launchProbed(candidate: Candidate, onLaunch?: () => void): Promise<Launched> {
  const launched = await launch(candidate, onLaunch)
  try {
    await answered(probe(launched.browser))
    return launched
  } catch (error) {
    await launched.close()
    throw error
  }
}

// A browser without fonts prints pages without text and says nothing.
async function probe(browser: Browser): Promise<void> {
  const page = await browser.newPage()
  await page.setContent('<p>Weft</p>')
  const pdf = Buffer.from(await page.pdf()).toString('latin1')
  await page.close()
  if (!pdf.includes('/FontDescriptor')) throw new Error('it prints no text: it finds no font')
}

function launchReason(error: unknown): string {
  const lines = (error as Error).message.split('\n').map((line) => line.trim())
  const telling = lines.filter((line) => line !== '' && !line.startsWith('TROUBLESHOOTING'))
  return telling.slice(0, 3).join(' ')
}

function report(skipped: readonly Skipped[]): string {
  const tried = skipped.map(
    ({ origin, executable, reason }) => `  ${executable ?? origin} (${origin}): ${reason}`,
  )
  return [
    'Cannot print, no browser works. Tried:',
    ...tried,
    'Install Chrome or Chromium, or set CHROME_PATH to the executable of one.',
  ].join('\n')
}
