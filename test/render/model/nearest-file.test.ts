import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileInsideSuggestion, fileSuggestion } from '../../../src/render/model/nearest-file.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

test('fileSuggestion should name the file that the author probably meant', (t) => {
  const folder = temporaryProject(t, {
    'study/data/heights.csv': '',
    'study/data/heights.json': '',
    'study/src/fit.ts': '',
    'study/src/fit/index.ts': '',
    'study/a.md': '',
  })
  const cases: [string, string][] = [
    ['./data/heigths.csv', './data/heights.csv'],
    ['./data/height.json', './data/heights.json'],
    ['./data/Heights.tsv', './data/heights.csv'],
    ['../study/src/fit.js', '../study/src/fit.ts'],
    ['./b.md', ''],
    ['./nowhere/heights.csv', ''],
    ['./data/rain.csv', ''],
  ]
  for (const [name, near] of cases) {
    const expected = near && `: did you mean \`${near}\`?`
    assert.equal(fileSuggestion(name, join(folder, 'study')), expected, name)
  }
})

test('fileInsideSuggestion should keep to the kind of the file, and to the folder', (t) => {
  const folder = temporaryProject(t, {
    'study/growth.md': '',
    'study/growths.ts': '',
    'study/parts/fit.MD': '',
    'secret/growth.md': '',
  })
  const study = join(folder, 'study')
  symlinkSync(join(folder, 'secret'), join(study, 'link'), 'junction')
  const near = (name: string) => fileInsideSuggestion(name, study)
  assert.equal(near('growths.md'), ': did you mean `growth.md`?')
  assert.equal(near('parts/fits.md'), ': did you mean `parts/fit.MD`?')
  assert.equal(fileInsideSuggestion('growths.md', study, ['./growth.md']), '')
  for (const name of ['../secret/growths.md', 'link/growths.md', 'growths.bib', 'none/growths.md'])
    assert.equal(near(name), '', name)
})
