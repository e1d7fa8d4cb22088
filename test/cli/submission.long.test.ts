import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { unzipSync } from 'fflate'
import { pdfText } from '../../src/render/print/pdf-text.ts'
import { rainProject, unpack } from './rain-project.ts'
import { weftHere } from './weft-here.ts'

describe('weft submission', () => {
  const project = rainProject()

  it('should refuse results that are not accepted', async () => {
    await weftHere(project.folder, ['build'])
    const { code, stdout } = await weftHere(project.folder, ['submission'])
    assert.equal(code, 1)
    assert.match(stdout, /refused {4}freeze {2}results-are-accepted\n.*results of #drops: run `weft accept`/)
    assert.match(stdout, /failed {5}dist\/submission\.zip is not written, 1 finding/)
  })

  it('should write a zip that prints the same bytes elsewhere, and the same zip again', async () => {
    assert.equal((await weftHere(project.folder, ['accept'])).code, 0)
    const { code, stdout, stderr } = await weftHere(project.folder, ['submission'])
    assert.equal(code, 0, `${stdout}${stderr}`)
    assert.match(stdout, /answered {3}1 of 1 requirement\n {2}pages {6}#sec-rain fills 1 of at most 1\n/)
    const other = unpack(project, 'dist/submission.zip')
    const names = Object.keys(unzipSync(readFileSync(project.path('dist/submission.zip'))))
    assert.deepEqual(
      names.filter((name) => !/^(freeze|figures)\//.test(name)),
      ['.gitignore', 'LICENSE', 'README-project.md', 'README.md', 'notebook.ipynb', 'package-lock.json']
        .concat(['package.json', 'report.lock.json', 'report.md', 'report.pdf', 'src/drops.ts'])
        .sort(),
    )
    assert.match(other.read('report.md'), /^date: \d{4}-\d\d-\d\d$/m)
    assert.match(other.read('README.md'), /npm ci\nnpx weft build report\.md\n/)
    assert.equal((await weftHere(other.folder, ['build'])).code, 0)
    assert.deepEqual(readFileSync(other.path('dist/report.pdf')), readFileSync(other.path('report.pdf')))
    assert.equal((await weftHere(other.folder, ['submission'])).code, 0)
    const again = unpack(other, 'dist/submission.zip')
    assert.equal(again.read('README.md'), other.read('README.md'))
    assert.deepEqual(readFileSync(again.path('report.pdf')), readFileSync(other.path('report.pdf')))
  })

  it("should leave the author's own print as it is", async () => {
    assert.equal(
      (await weftHere(project.folder, ['submission', '--anonymous', '--out', 'dist/a.zip'])).code,
      0,
    )
    const own = readFileSync(project.path('dist/report.pdf'))
    assert.match((await pdfText(own)).join('\n'), /Jane Doe/)
  })

  it('should refuse what must not be handed in, with its line and what to do', async () => {
    const other = rainProject(
      'By Jane Doe, in /home/jane/rain/.',
      'submission: [src/**, notes/**, gone/**]\n',
    )
    other.write('src/rain.csv', 'mm\n3\n')
    other.write('notes/a.log', 'x')
    assert.equal((await weftHere(other.folder, ['accept'])).code, 0)
    const { code, stdout } = await weftHere(other.folder, ['submission', '--anonymous'])
    assert.equal(code, 1)
    const found = [...stdout.matchAll(/refused {4}(\S+) {2}(\S+)\n {13}\S.*: \S/g)].map(
      ([, file, rule]) => `${file} ${rule}`,
    )
    const line =
      other
        .read('report.md')
        .split('\n')
        .findIndex((text) => text.includes('/home/')) + 1
    for (const one of [
      'gone/** rebuild-has-all',
      'notes/a.log nothing-ignored',
      'src/rain.csv no-data',
      `report.md:${line} no-name`,
      `report.md:${line} no-machine-path`,
    ])
      assert.ok(found.includes(one), `${one} in\n${stdout}`)
    assert.throws(() => readFileSync(other.path('dist/submission.zip')), /ENOENT/)
  })

  it('should refuse a report with a requirement that nothing answers', async () => {
    const other = rainProject('', '  - { item: And snow?, answer: sec-snow }\n')
    assert.equal((await weftHere(other.folder, ['accept'])).code, 0)
    const { code, stdout, stderr } = await weftHere(other.folder, ['submission'])
    assert.equal(code, 1)
    assert.match(stderr, /7:\d+ +warning Cannot find `sec-snow`/)
    assert.match(
      stdout,
      /answered {3}1 of 2 requirements\n[\s\S]*is not written, a requirement has no answer/,
    )
  })
})
