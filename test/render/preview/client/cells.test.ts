import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'puppeteer-core'
import { openPreviewBrowser } from '../../../../bench/preview-browser.ts'
import type { CellState } from '../../../../src/render/preview/protocol.ts'
import { bundled } from './bundled.ts'

const body = `<section>
<details class="weft-cell"><summary>Code</summary><pre><code id="cell-old">1</code></pre></details>
<div class="weft-stale weft-awaited" data-cell="old"><p>prose of it</p></div>
<details class="weft-cell"><summary>Code</summary><pre><code id="cell-new">2</code></pre></details>
<p id="other">prose</p>
</section>`

describe('openCells', () => {
  let browser: Awaited<ReturnType<typeof openPreviewBrowser>>
  let page: Page
  before(async () => {
    browser = await openPreviewBrowser()
    page = await browser.browser.newPage()
    await page.setContent(body)
    await page.evaluate(
      await bundled(`import { openCells } from './cells.ts'
globalThis.sent = []
globalThis.cells = openCells((message) => globalThis.sent.push(message))`),
    )
  })
  after(() => browser.close())

  const set = (label: string, state: CellState | null) =>
    page.evaluate(`cells.set(${JSON.stringify(label)}, ${JSON.stringify(state)})`)
  const read = <Value>(code: string) => page.evaluate(code) as Promise<Value>
  const marks = () =>
    read<string[]>(
      "[...document.querySelectorAll('weft-cell-state')].map((one) => one.dataset.label + ': ' + one.querySelector('span').textContent)",
    )

  it('should mark a cell above its old output, which is grey, and take the mark away when it is done', async () => {
    await set('old', { state: 'waiting' })
    assert.deepEqual(await marks(), ['old: Waits for other cells'])
    assert.equal(
      await read("document.querySelector('weft-cell-state').nextElementSibling.dataset.cell"),
      'old',
    )
    const looks = (pseudo: string, name: string) =>
      read(`getComputedStyle(document.querySelector('.weft-awaited'), '${pseudo}').${name}`)
    assert.deepEqual([await looks('', 'opacity'), await looks('::before', 'display')], ['0.4', 'none'])
    await set('other', { state: 'running', startedAt: Date.now() })
    assert.equal(await read("document.getElementById('other').previousElementSibling.dataset.label"), 'other')
    await set('old', { state: 'done' })
    await set('other', null)
    assert.deepEqual(await marks(), [])
  })

  it('should ask with a button that tells the server, below the code of a cell without output', async () => {
    await set('new', { state: 'asks', lastMs: 40_000, jobs: 1 })
    assert.equal(
      await read("document.querySelector('weft-cell-state').previousElementSibling.querySelector('code').id"),
      'cell-new',
    )
    assert.equal(
      await read("document.querySelector('weft-cell-state button').textContent"),
      'Run (about 40 s)',
    )
    await page.click('weft-cell-state button')
    assert.deepEqual(await read('sent'), [{ type: 'run', label: 'new' }])
    await set('new', null)
  })

  it('should draw the loss while a job runs, and be there again after a patch has removed it', async () => {
    const job = { label: 'e seed 1', done: 3, total: 10, unit: 'epochs', loss: [3, 2, 1] }
    await set('new', { state: 'running', startedAt: Date.now() - 5_000, job })
    const curve = "document.querySelector('weft-cell-state path').getAttribute('d')"
    assert.equal(await read(curve), 'M0.0 0.0L300.0 50.0L600.0 100.0')
    assert.equal(await read("document.querySelector('weft-cell-state progress').value"), 3)
    await read(
      "document.querySelector('weft-cell-state').remove(); document.getElementById('other').textContent = 'patched'",
    )
    await page.waitForFunction("document.querySelectorAll('weft-cell-state').length === 1")
    assert.equal(await read(curve), 'M0.0 0.0L300.0 50.0L600.0 100.0')
    const [first] = await marks()
    assert.match(first!, /^new: Runs [5-9]\.\d s: e seed 1, epoch 3 of 10, loss 1\.000$/)
    await page.waitForFunction(
      `!document.querySelector('weft-cell-state span').textContent.startsWith('${first!.slice(5, 14)}')`,
    )
    await read('cells.forget()')
    assert.deepEqual(await marks(), [])
  })

  it('should offer to run a cell that failed again', async () => {
    await set('old', { state: 'failed' })
    assert.equal(await read("document.querySelector('weft-cell-state button').textContent"), 'Run again')
    await set('old', { state: 'running', startedAt: Date.now() })
    assert.equal(await read("document.querySelector('weft-cell-state button')"), null)
    await set('old', null)
  })
})
