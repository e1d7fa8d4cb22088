import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser } from 'puppeteer-core'
import { findBrowser } from '../src/render/print/find-browser.ts'

interface PreviewBrowser {
  readonly browser: Browser
  close(): Promise<void>
}

/** Opens a browser that reaches this machine's own servers: the one that prints reaches none. */
export async function openPreviewBrowser(): Promise<PreviewBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-preview-browser-'))
  for await (const candidate of findBrowser({})) {
    if ('reason' in candidate) continue
    const browser = await puppeteer.launch({
      executablePath: candidate.executable,
      headless: candidate.headless,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...['--disable-gpu', '--disable-dev-shm-usage', '--no-proxy-server', '--lang=en-US'],
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ],
      env: { ...process.env, ...(await candidate.environment(folder)) },
      userDataDir: join(folder, 'profile'),
      pipe: true,
    })
    return {
      browser,
      async close() {
        await browser.close()
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
      },
    }
  }
  throw new Error('Cannot find a browser, expected Chrome or Chromium')
}
