import assert from 'node:assert/strict'
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { foldText, pdfPages } from '../../src/render/print/pdf-text.ts'
import { attachedTo } from '../render/print/attached-to.ts'
import { itByThirds } from '../turns.ts'
import { copyOf, projectOf } from './project.ts'
import { withPackedCode, withShownData } from './unpacked-page.ts'

const it = itByThirds()
const notice = 'Nothing was executed: the numbers are those that the report’s author accepted'

describe('weft build --untrusted', () => {
  const accepted = projectOf({ after }, 'traced')
  let words: string

  async function wordsOf(path: string): Promise<string> {
    const pages = await pdfPages(new Uint8Array(readFileSync(path)))
    return foldText(pages.map(({ body }) => body).join('\n'))
  }

  before(async () => {
    const { code, text } = await accepted.weft(['accept'])
    assert.equal(code, 0, text)
    words = await wordsOf(accepted.path('dist/report.pdf'))
  })

  it('should run nothing, and print the accepted words, numbers and figures', async (t) => {
    const project = copyOf(t, accepted)
    project.ran()
    const page = project.read('dist/report.html')
    const figures = ['dist/figures/fig-trained.svg']
    const drawn = figures.map((path) => project.read(path))
    rmSync(project.path('dist'), { recursive: true })
    const { code, text } = await project.weft(['--untrusted'])
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), [])
    assert.equal(await wordsOf(project.path('dist/report.pdf')), words)
    assert.deepEqual(
      figures.map((path) => project.read(path)),
      drawn,
    )
    const html = project.read('dist/report.html')
    // The page without programs has all data and all marks of code; the other one packs them until they are opened.
    assert.equal(withPackedCode(mainOf(html)), withShownData(mainOf(page)))
    assert.ok(html.includes(`aria-label="Notice">${notice}`))
    assert.doesNotMatch(html, /<script/)
    const [first] = await pdfPages(new Uint8Array(readFileSync(project.path('dist/report.pdf'))))
    assert.match(foldText(first!.margins + first!.body), /Nothing was executed/)
  })

  it('should attach no file that it may not read, and no lock', async (t) => {
    const project = copyOf(t, accepted)
    const secret = join(project.folder, '..', 'secret.txt')
    writeFileSync(secret, '@misc{secret, title = {A canary}}')
    symlinkSync(secret, project.path('report-src/linked.bib'))
    project.edit('report-src/report.md', 'author: A. Student', 'author: A. Student\nbibliography: linked.bib')
    const { code, text } = await project.weft(['--untrusted'])
    assert.equal(code, 1, text)
    assert.match(text, /report-is-harmless/)
    const files = await attachedTo(new Uint8Array(readFileSync(project.path('dist/report.pdf'))))
    const names = [...files.keys()].sort()
    assert.ok(names.includes('report-src/training.md'), names.join(' '))
    assert.deepEqual(
      names.filter((name) => /linked|lock|\.ts$/.test(name)),
      [],
    )
    for (const bytes of files.values()) assert.doesNotMatch(Buffer.from(bytes).toString(), /A canary/)
  })

  it('should mark what was never accepted, and end with status 1', async (t) => {
    const project = copyOf(t, accepted)
    const source = project.read('report-src/report.md')
    project.write(
      'report-src/report.md',
      `${source}\n\nAnd \`{ts} 1 + 1\`.\n\n\`\`\`ts exec #later\nexport default 1\n\`\`\`\n`,
    )
    project.ran()
    const { code, text } = await project.weft(['--untrusted'])
    assert.equal(code, 1, text)
    assert.match(text, /the lock has none that was accepted/)
    assert.match(
      text,
      /Cannot show `#later` as it is, .* there is no accepted one, and a report that is not trusted runs nothing/,
    )
    assert.match(project.read('dist/report.html'), /weft-value weft-missing" data-value="[^"]+">\[1 \+ 1\]/)
    assert.deepEqual(project.ran(), [])
  })

  it('should write only to the folder of the report, unless told otherwise', async (t) => {
    const project = copyOf(t, accepted)
    rmSync(project.path('dist'), { recursive: true })
    symlinkSync(join(project.path('.'), '..'), project.path('dist'))
    const { code, text } = await project.weft(['--untrusted'])
    assert.equal(code, 1)
    assert.match(text, /report-is-harmless|Cannot write `dist`/)
    assert.equal((await project.weft(['--untrusted', '--out', 'elsewhere'])).code, 0)
  })
})

function mainOf(html: string): string {
  return html.slice(html.indexOf('<main'), html.indexOf('</main>'))
}
