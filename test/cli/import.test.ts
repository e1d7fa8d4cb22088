import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { temporaryFolder } from '../experiments/data/temporary-folder.ts'
import { markdown, notebookOf, python } from '../render/notebook/import/notebook-of.ts'
import { weftHere } from './weft-here.ts'

const picture = { attachments: { 'a.png': { 'image/png': Buffer.from('dot').toString('base64') } } }
const notebook = notebookOf([markdown('# One\n\n![A](attachment:a.png)', picture)], python)

describe('weft import', () => {
  it('should write a chapter beside the notebook, with its pictures, and replace nothing unasked', async (t) => {
    const folder = await temporaryFolder(t)
    writeFileSync(join(folder, 'a.ipynb'), notebook)
    const { code, stdout } = await weftHere(folder, ['import', 'a.ipynb'])
    assert.equal(code, 0)
    assert.equal(
      stdout,
      '  chapter    a.md  0 cells to run, 1 part to read\n  picture    a-files/a.png\n  All of it was carried over.\n',
    )
    const text = '---\ntitle: One\n---\n\n# One\n\n![A](a-files/a.png)\n'
    assert.equal(readFileSync(join(folder, 'a.md'), 'utf8'), text)
    assert.equal(readFileSync(join(folder, 'a-files/a.png'), 'utf8'), 'dot')
    for (const [file, out] of [
      ['a.md', []],
      ['b-files/a.png', ['--out', 'b.md']],
    ] as const) {
      mkdirSync(join(folder, 'b-files'), { recursive: true })
      writeFileSync(join(folder, file), 'own')
      const again = await weftHere(folder, ['import', 'a.ipynb', ...out])
      assert.equal(again.code, 1)
      assert.equal(
        again.stderr,
        `weft: Cannot write ${file}, expected no such file: give another with --out, or --overwrite\n`,
      )
      assert.equal(readFileSync(join(folder, file), 'utf8'), 'own')
    }
    assert.ok(!existsSync(join(folder, 'b.md')))
    assert.equal((await weftHere(folder, ['import', 'a.ipynb', '--out', 'my notes (1).md'])).code, 0)
    assert.match(
      readFileSync(join(folder, 'my notes (1).md'), 'utf8'),
      /!\[A\]\(my%20notes%20%281%29-files\/a\.png\)/,
    )
    assert.ok(existsSync(join(folder, 'my notes (1)-files/a.png')))
    assert.equal((await weftHere(folder, ['import', 'a.ipynb', '--overwrite'])).code, 0)
    assert.equal(readFileSync(join(folder, 'a.md'), 'utf8'), text)
  })

  it('should say what was expected where it is not called right', async (t) => {
    const folder = await temporaryFolder(t)
    writeFileSync(join(folder, 'bad.ipynb'), '{}')
    for (const [args, said] of [
      [[], /expected a notebook such as `analysis\.ipynb`, found nothing/],
      [['a.ipynb', 'b.ipynb'], /Unexpected b\.ipynb, expected one notebook/],
      [['none.ipynb'], /Cannot read none\.ipynb, there is no such file/],
      [['bad.ipynb'], /Cannot read bad\.ipynb, expected `nbformat` 3 or 4/],
      [['bad.ipynb', '--output', 'x'], /Unknown option --output, expected --out/],
    ] as const) {
      const { code, stderr } = await weftHere(folder, ['import', ...args])
      assert.equal(code, 1)
      assert.match(stderr, said)
    }
    assert.match(
      (await weftHere(folder, ['import', '--help'])).stdout,
      /^Makes a chapter of a Jupyter notebook/,
    )
  })
})
