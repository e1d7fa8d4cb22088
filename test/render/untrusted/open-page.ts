import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'
import { findBrowser } from '../../../src/render/print/find-browser.ts'

/** Counts what it is asked for. */
export interface Server {
  readonly address: string
  readonly asked: string[]
  close(): void
}

/** Opens a server on this machine that a harmless page never asks. */
export async function openServer(): Promise<Server> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, asked, close: () => void server.close() }
}

/** What a reader's browser did with a page. */
export interface Opened {
  /** Dialogs, errors and refusals that it told of. */
  readonly told: readonly string[]
  /** Whether some code of the page ran. */
  readonly ran: boolean
  /** What should not be in a page, as the browser understood it. */
  readonly suspicious: readonly string[]
  /** Elements that claim to be computed. */
  readonly computed: number
}

/** A reader's browser, with scripts and the network. */
export interface Reader {
  open(html: string): Promise<Opened>
  close(): Promise<void>
}

/** Starts a reader's browser. */
export async function openReader(): Promise<Reader> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-reader-'))
  const candidate = (await findBrowser().next()).value
  assert.ok(candidate && !('reason' in candidate), 'a browser is found')
  const browser = await puppeteer.launch({
    executablePath: candidate.executable,
    headless: candidate.headless,
    args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server', '--disable-dev-shm-usage'],
    env: { ...process.env, ...(await candidate.environment(folder)) },
    userDataDir: join(folder, 'profile'),
    pipe: true,
  })
  let pages = 0
  return {
    async open(html) {
      const path = join(folder, `page-${++pages}.html`)
      writeFileSync(path, html)
      const page = await browser.newPage()
      const told: string[] = []
      page.on('dialog', (dialog) => {
        told.push(`dialog ${dialog.message()}`)
        dialog.dismiss().catch(() => undefined)
      })
      page.on('pageerror', (error) => told.push(`error ${String(error)}`))
      page.on('console', (message) => told.push(`console ${message.text()}`))
      await page.goto(pathToFileURL(path).href, { waitUntil: 'load' })
      const seen = await page.evaluate(look)
      await page.close()
      return { told, ...seen }
    },
    async close() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

// Runs in the page.
function look(): Omit<Opened, 'told'> {
  const forbidden =
    'script,iframe,object,embed,form,base,link,meta[http-equiv=refresh i],foreignObject,animate,set,use,video,audio,button,template,[srcset],[autofocus],[contenteditable]'
  const suspicious = [...document.querySelectorAll(forbidden)].map((one) => one.outerHTML.slice(0, 100))
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      const isAddress = ['href', 'src', 'xlink:href', 'action', 'data'].includes(name)
      const isSafe =
        /^(?:#|https?:\/\/|mailto:|data:image\/(?:png|jpeg|gif|webp|avif);base64,|data:text\/csv[;,])/.test(
          value,
        )
      if (name.startsWith('on') || (isAddress && !isSafe)) suspicious.push(`${name}=${value.slice(0, 100)}`)
      // How wide a column is, and how many there are; the colours of a drawing.
      const isOwn =
        /^(?:flex:\d{1,2}(?:\.\d)? 1 0|--columns:[1-6])$/.test(value) ||
        (element.tagName === 'svg' &&
          /^(?:--c\d+:light-dark\((?:#[0-9a-f]{3,6}|rgb\([\d, ]+\)|white|black),#[0-9a-f]{6}\)(?:;|$))+$/.test(
            value,
          ))
      if (name === 'style' && !isOwn && !element.closest('.katex'))
        suspicious.push(`style=${value.slice(0, 100)}`)
    }
  }
  for (const value of document.querySelectorAll('.weft-value')) {
    value.scrollIntoView({ block: 'center' })
    const { x, y, width, height } = value.getBoundingClientRect()
    const top = document.elementFromPoint(x + width / 2, y + height / 2)
    if (!top || !value.contains(top)) suspicious.push(`covered ${value.textContent}`)
  }
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')
  if (!policy) suspicious.push('no policy')
  return {
    suspicious,
    ran: 'canary' in window,
    computed: document.querySelectorAll('.weft-value:not(.weft-missing)').length,
  }
}
