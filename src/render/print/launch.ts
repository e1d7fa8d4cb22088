import { type ChildProcess, execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'puppeteer-core'
import { browserFolderPrefix, removeDeadBrowsers } from './cache-folder.ts'
import type { Candidate } from './find-browser.ts'

/** A browser that runs, with a folder of its own. */
export interface Launched {
  readonly browser: Browser
  /** Ends it and removes its folder; may be called twice. */
  close(): Promise<void>
}

// One page from memory needs no graphics card, no network and none of the browser's own services.
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-pings',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--lang=en-US',
]
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const launchTimeoutMs = 30_000
const versionTimeoutMs = 5_000

/**
 * Starts a browser: with its sandbox, and where that is impossible (as root, in many containers) without.
 * It dies with this process, however this one ends.
 *
 * @param onLaunch Called when its process is about to start.
 */
export async function launch(candidate: Candidate, onLaunch?: () => void): Promise<Launched> {
  if (process.getuid?.() === 0) return start(candidate, ['--no-sandbox'], onLaunch)
  try {
    return await start(candidate, [], onLaunch)
  } catch (withSandbox) {
    try {
      return await start(candidate, ['--no-sandbox'])
    } catch {
      throw withSandbox
    }
  }
}

async function start(
  candidate: Candidate,
  sandbox: readonly string[],
  onLaunch?: () => void,
): Promise<Launched> {
  await removeDeadBrowsers()
  const folder = await makeFolder()
  const guard = guardFolder(folder)
  try {
    const [{ default: puppeteer }, environment] = await Promise.all([
      import('puppeteer-core'),
      candidate.environment(folder),
    ])
    onLaunch?.()
    const browser = await puppeteer.launch({
      executablePath: candidate.executable,
      headless: candidate.headless,
      args: [...quiet, ...sandbox],
      // Its temporary files lie in its folder too, and go with it however it ends.
      env: { ...process.env, TZ: 'UTC', ...environment, TMPDIR: folder },
      userDataDir: join(folder, 'profile'),
      // A pipe closes with this process, a killed one too, and the browser ends when it closes.
      pipe: true,
      timeout: launchTimeoutMs,
      waitForInitialPage: false,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
    guard.hold(browser.process())
    return { browser, close: () => close(browser, folder, guard) }
  } catch (error) {
    const words = await lastWords(candidate, folder)
    guard.release()
    await rm(folder, { recursive: true, force: true })
    throw words === undefined ? error : new Error(words, { cause: error })
  }
}

async function makeFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), browserFolderPrefix()))
  } catch (cause) {
    throw noTemporaryFolder(cause)
  }
}

/** Thrown if there is no room for temporary files: then no browser could start. */
export class NoTemporaryFolder extends Error {}

function noTemporaryFolder(cause: unknown): NoTemporaryFolder {
  const { code, message } = cause as NodeJS.ErrnoException
  const reasons: { readonly [code: string]: string } = {
    ENOENT: 'there is no such folder',
    ENOTDIR: 'it is no folder',
    EACCES: 'it cannot be written',
    EROFS: 'it cannot be written',
    ENOSPC: 'no space is left on its disk',
    EDQUOT: 'no space is left for this user',
  }
  const reason = reasons[code ?? ''] ?? message
  return new NoTemporaryFolder(
    `Cannot use ${tmpdir()} for temporary files, ${reason}: set TMPDIR to a folder with room for them`,
    { cause },
  )
}

/** Says what is wrong if the folder for temporary files has no room for a browser's profile. */
export async function fullFolder(): Promise<NoTemporaryFolder | undefined> {
  const { bavail, bsize, ffree, files } = await statfs(tmpdir())
  const isFull = bavail * bsize < leastBytes || (files > 0 && ffree < leastFiles)
  return isFull ? noTemporaryFolder({ code: 'ENOSPC' }) : undefined
}

// Of an empty profile, with fonts.
const leastBytes = 8_000_000
const leastFiles = 200

async function close(browser: Browser, folder: string, guard: Guard): Promise<void> {
  await browser.close().catch(() => undefined)
  browser.process()?.kill('SIGKILL')
  guard.release()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

interface Guard {
  /** Names the process that must end with this one. */
  hold(child: ChildProcess | null): void
  release(): void
}

// From the first moment on, so that a build that is stopped while its browser starts leaves nothing either.
function guardFolder(folder: string): Guard {
  let child: ChildProcess | null = null
  const end = () => {
    if (child) killGroup(child)
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // The dying browser still writes there: a later build removes it.
    }
  }
  // Whoever else listens decides what a signal does; when nobody does, it does what it always did.
  const onSignal = (signal: NodeJS.Signals) => {
    end()
    release()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  const release = () => {
    process.off('exit', end)
    for (const signal of signals) process.off(signal, onSignal)
  }
  process.once('exit', end)
  for (const signal of signals) process.on(signal, onSignal)
  return {
    hold(held) {
      child = held
    },
    release,
  }
}

// Puppeteer starts a browser as the leader of a group. Its children would write into its folder a little longer than it.
function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

// What a browser that does not start writes is lost, as it talks through a pipe; so it is asked for less.
async function lastWords(candidate: Candidate, folder: string): Promise<string | undefined> {
  try {
    const environment = await candidate.environment(folder)
    const env = { ...process.env, ...environment }
    await promisify(execFile)(candidate.executable, ['--version'], { env, timeout: versionTimeoutMs })
    return undefined
  } catch (error) {
    const { stderr, code, message } = error as Error & { stderr?: string; code?: unknown }
    const said = (stderr ?? '').trim().split('\n').slice(0, 2).join(' ')
    return said === '' ? `it ends with ${String(code ?? message)}` : `it ends with ${String(code)}: ${said}`
  }
}
