import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'puppeteer-core'
import { copyTool } from './copy-tool.ts'
import { readCount } from './count-option.ts'
import { median } from './median.ts'
import { type Edit, proseEdits, structuralEdits } from './preview/edits.ts'
import { openPreviewBrowser } from './preview-browser.ts'

export const options = {
  edits: { type: 'string' },
  kinds: { type: 'string' },
  rest: { type: 'string' },
} as const

interface Values {
  readonly edits?: string
  readonly kinds?: string
  readonly rest?: string
}

/**
 * Times the preview of the shipped report in a browser: from the start to the first paint, and from the save of an edit
 * until it is painted, of edits spread over all chapters and of such that renumber others. `--edits N` changes how
 * many, `--kinds heading,caption` keeps these kinds alone, `--rest MS` says how long the author pauses between two.
 */
export async function bench(values: Values): Promise<void> {
  const edits = readCount('--edits', values.edits ?? '100')
  const restMs = readCount('--rest', values.rest ?? '1000')
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  const opened = await openPreviewBrowser()
  let child: ChildProcess | undefined
  try {
    copyTool(folder)
    execFileSync(process.execPath, [join(folder, 'lib/cli.js'), 'build', '--cached'], {
      cwd: folder,
      stdio: 'ignore',
    })
    const page = await opened.browser.newPage()
    await page.setViewport({ width: 1280, height: 900 })
    const startedAt = now()
    child = spawn(process.execPath, [join(folder, 'lib/cli.js'), 'preview', '--no-open'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await page.goto(await addressOf(child))
    console.log(`first paint                 ${((await firstPaint(page)) - startedAt).toFixed(0)} ms`)
    await untilCurrent(page)
    const source = join(folder, 'report-src')
    const chapters = readdirSync(source)
      .filter((file) => file.endsWith('.md'))
      .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }))
    const bibliography = readFileSync(join(source, 'references.bib'), 'utf8')
    const all = [
      ...proseEdits(chapters, edits),
      ...structuralEdits(chapters, bibliography, Math.ceil(edits / 10)),
    ].filter(({ kind }) => values.kinds === undefined || values.kinds.split(',').includes(kind))
    const times = new Map<string, number[]>()
    for (const [index, edit] of all.entries()) {
      const ms = await paintedMs(page, source, edit, index % 2 === 1)
      times.set(edit.kind, [...(times.get(edit.kind) ?? []), ms])
      await wait(restMs)
      writeFileSync(join(source, edit.file), chapters.find(({ file }) => file === edit.file)!.text)
      await wait(restMs)
    }
    for (const [kind, list] of times) print(kind, list)
  } finally {
    await opened.close()
    const exited = child && once(child, 'exit')
    if (child?.kill('SIGTERM')) await exited
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** Saves an edit, in place or by a rename, and gives the time until the page has painted it, in milliseconds. */
async function paintedMs(
  page: Page,
  folder: string,
  { file, text, shows }: Edit,
  isRenamed: boolean,
): Promise<number> {
  const painted = page.evaluate(
    (words) =>
      new Promise<number>((resolve, reject) => {
        const observer = new MutationObserver((records) => {
          const nodes = records.flatMap(({ target, addedNodes }) => [target, ...addedNodes])
          if (!nodes.some((node) => (node.textContent ?? '').includes(words))) return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))
        })
        observer.observe(document.querySelector('main')!, {
          subtree: true,
          childList: true,
          characterData: true,
        })
        setTimeout(() => reject(new Error(`${words} was not painted within 20 s`)), 20_000)
      }),
    shows,
  )
  // The page observes by then.
  await page.evaluate(() => 0)
  const path = join(folder, file)
  const startedAt = now()
  if (isRenamed) {
    writeFileSync(`${path}~`, text)
    renameSync(`${path}~`, path)
  } else writeFileSync(path, text)
  return (await painted) - startedAt
}

function now(): number {
  return performance.timeOrigin + performance.now()
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (part: Buffer) => {
      const found = /http:\/\/\S+/.exec(String(part))
      if (found) resolve(found[0])
    })
    child.once('exit', () => reject(new Error('The preview ended before it began')))
  })
}

async function firstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const { startTime } of list.getEntriesByName('first-contentful-paint'))
            resolve(performance.timeOrigin + startTime)
        }).observe({ type: 'paint', buffered: true })
      }),
  )
}

// The first whole page is loaded once more, and a page that is being loaded answers nothing.
async function untilCurrent(page: Page): Promise<void> {
  const chip = 'weft-preview[data-part=chip]'
  const textNow = () => page.$eval(chip, (host) => host.shadowRoot!.querySelector('.chip')!.textContent)
  const isCurrent = async () => !/earlier|Updating|Not connected/.test(await textNow())
  for (let isKept = false; !isKept; ) {
    await wait(500)
    if (!(await isCurrent().catch(() => false))) continue
    const isMarked = await page
      .evaluate(() => 'isSeen' in Object.assign(globalThis, { isSeen: true }))
      .catch(() => false)
    await wait(3000)
    isKept = isMarked && (await page.evaluate(() => 'isSeen' in globalThis).catch(() => false))
  }
}

function print(kind: string, times: readonly number[]): void {
  const sorted = times.toSorted((one, other) => one - other)
  const last = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))]!
  const numbers = [
    `median ${median(times).toFixed(0)} ms`,
    `95 % ${last.toFixed(0)} ms`,
    `most ${sorted.at(-1)!.toFixed(0)} ms`,
  ]
  console.log(`${kind.padEnd(10)} ${String(times.length).padStart(3)} edits   ${numbers.join('   ')}`)
}
