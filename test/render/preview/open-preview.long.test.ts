import assert from 'node:assert/strict'
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { after, before, describe, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'puppeteer-core'
import { openPreviewBrowser } from '../../../bench/preview-browser.ts'
import type { Project } from '../../report/project.ts'
import { itByThirds } from '../../turns.ts'
import { boxesOf, chipOf, previewProject, startPreview, textOf, until, untilText } from './preview-project.ts'

const it = itByThirds()

type Browser = Awaited<ReturnType<typeof openPreviewBrowser>>

const state: { opened?: Browser } = {}

/** Opens a page, and notes whether it is ever loaded again. */
async function openTab(test: TestContext, url: string) {
  const page = await state.opened!.browser.newPage()
  test.after(() => page.close())
  // A page behind another draws nothing.
  await page.bringToFront()
  await page.setViewport({ width: 1200, height: 800 })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(url)
  // The first figure brings a program with it, for which the page is loaded again.
  await until(page, 'the figure', async () => (await page.$('.weft-program')) !== null)
  await untilCurrent(page)
  await markPage(page)
  return { page, isSame: () => isMarked(page), complaints }
}

const isMarked = (page: Page) => page.evaluate(() => 'isSame' in globalThis)

/** Marks a page that stays: slower work may still load it again. */
function markPage(page: Page): Promise<void> {
  return until(page, 'a page that stays', async () => {
    await page.evaluate(() => Object.assign(globalThis, { isSame: true }))
    await wait(1000)
    return isMarked(page)
  })
}

const untilCurrent = (page: Page) =>
  until(page, 'the present page', async () => ['Up to date', '1 warning'].includes(await chipOf(page)))

/** Opens the preview of a new report in a page. */
async function opened(test: TestContext) {
  const project = previewProject(test)
  const running = await startPreview(project)
  test.after(() => running.end())
  return { project, running, ...(await openTab(test, running.url)) }
}

/** Writes as editors do that keep the old file until the new one is whole. */
function editByRename(project: Project, path: string, from: string, to: string): void {
  const text = project.read(path)
  assert.ok(text.includes(from))
  writeFileSync(project.path(`${path}~`), text.replace(from, to))
  renameSync(project.path(`${path}~`), project.path(path))
}

const topOf = (page: Page, selector: string) =>
  page.$eval(selector, (element) => element.getBoundingClientRect().top)
const labelsOf = (page: Page) =>
  page.$$eval('#fig-line .role-axis-label text', (texts) => texts.map((one) => one.textContent).join(' '))

describe('the preview', () => {
  before(async () => {
    state.opened = await openPreviewBrowser()
  })
  after(() => state.opened?.close())

  it('should show edits of prose, cells, labels and modules without loading the page again', async (t) => {
    const { project, page, isSame, complaints } = await opened(t)
    project.edit('text/one.md', 'First words', 'New words')
    await untilText(page, 'New words of the first chapter')
    editByRename(project, 'text/one.md', 'New words', 'Newer words')
    await untilText(page, 'Newer words')
    project.edit('text/one.md', '# One', '# One and all')
    await until(page, 'the contents', async () =>
      (await page.$eval('.weft-contents', (nav) => nav.textContent)).includes('One and all'),
    )
    project.edit('text/one.md', 'params.n * factor', 'params.n * factor + 1')
    await untilText(page, 'The total is 25.0')
    project.edit('code/factor.ts', '2', '3')
    await untilText(page, 'The total is 37.0')
    editByRename(project, 'code/factor.ts', '3', '4')
    await untilText(page, 'The total is 49.0')
    project.edit('text/one.md', '#fig-line caption', '#fig-slope caption')
    project.edit('text/one.md', '@fig-line', '@fig-slope')
    await until(page, 'the new label', async () => (await page.$('#fig-slope .weft-drawing')) !== null)
    assert.equal(await page.$('#fig-line'), null)
    await until(page, 'the message to vanish', async () => (await boxesOf(page)).length === 0)
    assert.ok(await isSame())
    assert.deepEqual(complaints, [])
  })

  it('should show errors at their places until they are mended, and keep the last page', async (t) => {
    const { project, page, isSame } = await opened(t)
    project.edit('text/one.md', 'params.n * factor', 'params.n * factor.of()')
    await until(page, 'the failure', async () =>
      (await boxesOf(page)).some((text) => text.includes('text/one.md:7:')),
    )
    assert.match(await textOf(page), /factor\.of is not a function/)
    assert.match(await chipOf(page), /error/)
    project.edit('text/one.md', 'params.n * factor.of()', 'params.n * factor')
    await untilText(page, 'The total is 24.0')
    await until(page, 'no box', async () => (await boxesOf(page)).length === 0)
    project.edit('text/one.md', 'First words', 'First @fig-none words')
    await until(page, 'the box', async () =>
      (await boxesOf(page)).some((text) => text.includes('text/one.md:3:7')),
    )
    project.edit('text/one.md', ' @fig-none', '')
    await until(page, 'no box', async () => (await boxesOf(page)).length === 0)
    project.edit('text/report.md', 'chapters: [one.md, two.md]', 'chapters: [one.md, none.md]')
    await until(page, 'that it cannot be read', async () => (await chipOf(page)).includes('Cannot read'))
    assert.match(await textOf(page), /Paragraph 3 of two/)
    project.edit('text/report.md', 'none.md', 'two.md')
    await untilCurrent(page)
    assert.ok(await isSame())
  })

  it('should follow the front matter, a style sheet and the titles of chapters', async (t) => {
    const { project, page, isSame } = await opened(t)
    const report = (from: string, to: string) => project.edit('text/report.md', from, to)
    project.write('text/own.css', 'p{color:rgb(1,2,3)}')
    report(
      'contents: true\n',
      'contents: 1\nauthor: [{ name: Ann, affiliation: Here }]\nabstract: |\n  Of `{ts} params.n` words.\n',
    )
    await untilText(page, 'Of 12 words')
    await untilText(page, 'AnnHere')
    report('Of `{ts} params.n` words', 'Of `{ts} params.n + 1` words')
    await untilText(page, 'Of 13 words')
    report('contents: 1\n', 'css: own.css\n')
    const colour = () => page.$eval('.weft-abstract p:last-child', (one) => getComputedStyle(one).color)
    await until(page, 'the style sheet', async () => (await colour()) === 'rgb(1, 2, 3)')
    assert.equal(await page.$('.weft-contents'), null)
    await untilCurrent(page)
    await markPage(page)
    project.write('text/own.css', 'p{color:rgb(4,5,6)}')
    await until(page, 'the new style', async () => (await colour()) === 'rgb(4, 5, 6)')
    assert.ok(await isSame())
    project.edit('text/two.md', '# Two\n', '---\ntitle: Second\n---\n')
    await until(page, 'the title of the chapter', async () =>
      // The page's own program adds a link to it.
      page.$$eval('h2', (all) => all.some((one) => one.textContent?.startsWith('2 Second'))),
    )
    project.edit('text/two.md', 'title: Second', 'tilte: Second')
    await until(page, 'that it cannot be read', async () => (await chipOf(page)).includes('Cannot read'))
    project.edit('text/two.md', 'tilte: Second', 'title: Third')
    await untilText(page, '2 Third')
  })

  it('should keep scroll, folds, a zoomed figure, the focus and the selection', async (t) => {
    const { project, page, isSame } = await opened(t)
    await page.$eval('details', (details) => details.setAttribute('open', ''))
    await page.$eval('#fig-line', (figure) => figure.scrollIntoView({ block: 'center' }))
    await page.waitForSelector('#fig-line>.weft-drawing[data-live=yes]')
    await page.click('.weft-tools .weft-button')
    await page.$eval('#fig-line', (figure) => figure.scrollIntoView({ block: 'center' }))
    await page.evaluate(() => {
      localStorage.setItem('weft-preview-follow', 'no')
      getSelection()!.selectAllChildren(document.querySelector('#fig-line figcaption')!)
    })
    const seen = async () => ({
      labels: await labelsOf(page),
      isOpen: await page.$eval('details', (details) => details.open),
      focused: await page.evaluate(() => document.activeElement?.className),
      selected: await page.evaluate(() => String(getSelection())),
    })
    const [was, top] = [await seen(), await topOf(page, '#fig-line')]
    project.edit('text/one.md', 'Paragraph 3 of one.', `Paragraph 3 of one, ${'now longer, '.repeat(20)}`)
    await untilText(page, 'now longer')
    assert.deepEqual(await seen(), was)
    assert.ok(Math.abs((await topOf(page, '#fig-line')) - top) < 2)
    // Other data: it begins anew.
    project.edit('text/one.md', 'length: 12', 'length: 31')
    await until(page, 'the new data', async () => (await labelsOf(page)).includes('600'))
    // Other front matter: the page is loaded again, and stays where it was.
    const before = await topOf(page, '#fig-line')
    project.edit('text/report.md', 'title: A preview', 'title: Another')
    await until(page, 'another title', async () => (await page.title()) === 'Another')
    await untilCurrent(page)
    assert.ok(!(await isSame()))
    await until(page, 'the old place', async () => Math.abs((await topOf(page, '#fig-line')) - before) < 40)
  })

  it('should scroll to what is edited out of sight', async (t) => {
    const { project, page } = await opened(t)
    const isSeen = () =>
      page.evaluate(() => {
        const all = [...document.querySelectorAll('p')]
        const { top } = all.find((one) => one.textContent.includes('edited'))!.getBoundingClientRect()
        return top > 0 && top < innerHeight
      })
    project.edit('text/two.md', 'Paragraph 7 of two.', 'Paragraph 7, edited.')
    await until(page, 'the edited paragraph', isSeen)
    // Also after the page was loaded again.
    project.edit('text/report.md', 'title: A preview', 'title: Another')
    await until(page, 'another title', async () => (await page.title()) === 'Another')
    await until(page, 'the edited paragraph', isSeen)
  })

  it('should come back after a restart at the same address, in two tabs, with what changed meanwhile', async (t) => {
    const { project, running, page, isSame } = await opened(t)
    const other = await openTab(t, running.url)
    project.edit('text/one.md', 'First words', 'Second words')
    await Promise.all([untilText(page, 'Second words'), untilText(other.page, 'Second words')])
    const path = project.path('text/dist/.cache/preview.json')
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.equal((JSON.parse(readFileSync(path, 'utf8')) as { url: string }).url, running.url)
    await running.end('SIGKILL')
    await until(page, 'that it is lost', async () => (await chipOf(page)).startsWith('Not connected'))
    project.edit('text/one.md', 'Second words', 'Third words')
    const again = await startPreview(project)
    t.after(() => again.end())
    assert.equal(again.url, running.url)
    await Promise.all([untilText(page, 'Third words'), untilText(other.page, 'Third words')])
    await untilCurrent(page)
    await again.end('SIGINT')
    assert.ok(!existsSync(path))
    // An orderly end keeps the page, so that the next preview patches what is open.
    const third = await startPreview(project)
    t.after(() => third.end())
    await page.evaluate(() => Object.assign(globalThis, { isSame: true }))
    project.edit('text/one.md', 'Third words', 'Last words')
    await untilText(page, 'Last words')
    assert.ok(await isSame())
  })

  it('should open the block under the pointer in the editor, and print', async (t) => {
    const project = previewProject(t)
    const trace = project.path('opened.txt')
    const editor = project.path('subl')
    writeFileSync(editor, `#!/bin/sh\necho "$@" >> '${trace}'\n`)
    chmodSync(editor, 0o755)
    const running = await startPreview(project, [], { VISUAL: editor })
    t.after(() => running.end())
    const { page } = await openTab(t, running.url)
    const openedPlaces = () => (existsSync(trace) ? readFileSync(trace, 'utf8').trim().split('\n') : [])
    await page.hover('#sec-one + p')
    await page.keyboard.press('e')
    await until(page, 'the editor', async () => openedPlaces().length === 1)
    const heading = (await page.$('#sec-one'))!
    await heading.click({ count: 2 })
    await until(page, 'the editor again', async () => openedPlaces().length === 2)
    assert.deepEqual(openedPlaces(), [project.path('text/one.md:3:1'), project.path('text/one.md:1:1')])
    await page.keyboard.press('p')
    await until(page, 'the print', async () =>
      page.$eval(
        'weft-preview[data-part=chip]',
        (host) => host.shadowRoot!.querySelector('.note a') !== null,
      ),
    )
    const [start] = await page.evaluate(async () => {
      const bytes = new Uint8Array(await (await fetch('/-/report.pdf')).arrayBuffer())
      return [String.fromCharCode(...bytes.slice(0, 5))]
    })
    assert.equal(start, '%PDF-')
  })

  it('should run nothing of a report that is not trusted', async (t) => {
    const project = previewProject(t)
    project.edit('text/one.md', '# One', '<script>globalThis.isRun = true</script>\n\n# One')
    const running = await startPreview(project, ['--untrusted'])
    t.after(() => running.end())
    const page = await state.opened!.browser.newPage()
    await page.goto(running.url)
    await untilText(page, 'Paragraph 3 of one')
    project.edit('text/one.md', 'First words', 'Other words')
    await untilText(page, 'Other words')
    assert.ok(!(await textOf(page)).includes('24.0'))
    assert.equal(await page.evaluate(() => 'isRun' in globalThis), false)
    assert.deepEqual(project.ran(), [])
    assert.ok(!existsSync(project.path('text/dist/.cache/preview.json')))
  })
})
