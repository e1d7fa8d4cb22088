import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type OpenBrowser, openBrowser } from '../../../src/render/print/open-browser.ts'
import { buildUntrusted, type Came } from './build-untrusted.ts'
import { dataCases } from './cases-data.ts'
import { figureCases } from './cases-figures.ts'
import { fileCases } from './cases-files.ts'
import { markupCases } from './cases-markup.ts'
import { openReader, openServer, type Reader, type Server } from './open-page.ts'
import { type Places, secret } from './places.ts'
import { type Hostile, writeUntrusted } from './untrusted-report.ts'

/** Tests that reports which try to do harm do none: of each kind those that are chosen by their place in it. */
export async function testHostile(isChosen: (place: number) => boolean): Promise<void> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'weft-untrusted-')))
  const server: Server = await openServer()
  const places: Places = { server: server.address, canary: join(base, 'canary'), outside: base }
  const kinds = [markupCases, fileCases, dataCases, figureCases].map((make) => make(places))

  describe('an untrusted report', { concurrency: 4 }, () => {
    let printer: OpenBrowser
    let last: Promise<unknown> = Promise.resolve()
    let reader: Reader

    before(async () => {
      for (const name of ['secret.txt', 'secret.md', 'secret.bib', 'secret.png', 'secret.json', 'secret.ts'])
        writeFileSync(join(base, name), `// ${secret}\n`)
      ;[printer, reader] = await Promise.all([openBrowser(), openReader()])
    })

    after(async () => {
      server.close()
      await Promise.all([printer?.close(), reader?.close()])
      rmSync(base, { recursive: true, force: true, maxRetries: 3 })
    })

    it('should be told from a page that does harm', async () => {
      const harm = `<meta http-equiv=refresh content=99><p onclick=a style=b>a</p><script>canary=1;alert(1)</script><img src="${server.address}/control">`
      const { told, ran, suspicious } = await reader.open(harm)
      assert.ok(ran)
      assert.ok(told.some((line) => line.startsWith('dialog')))
      assert.ok(suspicious.length >= 5, suspicious.join('\n'))
      assert.ok(server.asked.splice(0).includes('/control'))
    })

    it('should be tried in many ways, each under a name of its own', () => {
      const names = kinds.flat().map(({ name }) => name)
      assert.ok(names.length >= 80, String(names.length))
      assert.equal(new Set(names).size, names.length)
    })

    for (const [index, hostile] of kinds
      .flatMap((cases) => cases.filter((_, place) => isChosen(place)))
      .entries())
      it(`should do no harm by ${hostile.name}`, async () => {
        const folder = join(base, `report-${index}`)
        mkdirSync(folder)
        writeUntrusted(folder, hostile)
        // One build after the other, while the reader looks at the last.
        const built = last.then(() => buildUntrusted(folder, { browser: printer }))
        last = built.catch(() => undefined)
        const came = await built
        assert.match(came.said, hostile.said, came.said)
        if (hostile.page === 'none') assert.equal(came.html, undefined)
        else await assertHarmless(came as Required<Came>, hostile, reader)
        assert.deepEqual(server.asked, [])
        assert.ok(!existsSync(places.canary), 'nothing was executed')
      })
  })
}

async function assertHarmless(
  { html, printed, figures, said }: Required<Came>,
  hostile: Hostile,
  reader: Reader,
): Promise<void> {
  // Fonts are most of a page, and would be most of a message.
  const page = html.replace(/url\(data:font[^)]*\)/g, '')
  const body = page.slice(page.indexOf('<body'), page.indexOf('<body') + 3000)
  assert.ok((hostile.page as RegExp).test(page), `expected ${hostile.page}, found ${body}`)
  assert.ok(!hostile.never?.test(page), `expected no ${hostile.never}, found ${body}`)
  for (const text of [html, printed, figures]) assert.ok(!text.includes(secret), 'nothing outside was read')
  assert.doesNotMatch(said, /Cannot fetch/)
  if (printed !== '') assert.match(printed, /Nothing was executed/)
  const { told, ran, suspicious, computed } = await reader.open(html)
  assert.deepEqual({ told, ran, suspicious }, { told: [], ran: false, suspicious: [] })
  assert.equal(computed, hostile.computed ?? 0)
}
