import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { VFile } from 'vfile'
import type { Facts } from '../../../src/render/assemble/registers/gather-facts.ts'
import { sourceFiles, sources } from '../../../src/render/assemble/registers/sources.ts'
import { speechOf } from '../../../src/render/assemble/registers/speech.ts'
import { keyOfCell, profileOf } from '../../../src/render/model/lock.ts'
import type { Figure } from '../../../src/render/model/types.ts'
import { wordsFor } from '../../../src/render/model/words.ts'
import { figureToSvg } from '../../../src/render/output/draw/figure-to-svg.ts'
import { chapterToHast } from '../../../src/render/page/chapter.ts'
import { openReader } from '../../../src/render/syntax/open-reader.ts'
import { markdownProcessor } from '../../../src/render/syntax/processor.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

test('a link that is a program should lose its address in a report that is trusted, too', async () => {
  const file = new VFile({
    path: 'report.md',
    value: '[a](javascript:alert&#40;1&#41;) [b](https://example.org/)',
  })
  const tree = await chapterToHast({ file, tree: markdownProcessor().parse(file) as never }, 0)
  const html = JSON.stringify(tree)
  assert.doesNotMatch(html, /javascript/)
  assert.match(html, /https:\/\/example\.org\//)
  assert.match(String(file.messages[0]), /Unexpected link `javascript:/)
})

test('a link of a figure that is a program should be refused in a report that is trusted, too', async () => {
  const figure = (href: string): Figure => ({
    kind: 'figure',
    alt: 'A figure',
    spec: {
      mark: 'point',
      data: { values: [{ a: 1 }] },
      encoding: { x: { field: 'a', type: 'quantitative' }, href: { value: href } },
    },
  })
  await assert.rejects(figureToSvg(figure('javascript:alert(1)'), 'fig-a'), /found javascript:alert/)
  assert.match(await figureToSvg(figure('https://example.org/'), 'fig-a'), /https:\/\/example\.org\//)
})

test('a lock should have no profile and no cell by the names that every object has', () => {
  const lock = { format: 3 as const, profiles: {} }
  assert.equal(profileOf(lock, 'constructor'), undefined)
  assert.equal(keyOfCell({ cells: {} } as never, 'constructor'), undefined)
})

test('the register of sources should show no file outside the project, whatever a result says', (t) => {
  const base = temporaryProject(t, { 'secret.ts': 'const secret = 1' })
  const root = join(base, 'project')
  mkdirSync(root)
  writeFileSync(join(root, 'own.ts'), "import './../secret.ts'\n")
  const job = (module: string) => ({
    request: { module, name: 'a', params: {}, seed: 1 },
    cell: { label: 'a' },
    stored: {},
  })
  const facts = {
    root,
    inputs: [],
    places: [],
    readSource: openReader(root, root).readSource,
    jobs: [job('../secret.ts'), job(join(base, 'secret.ts')), job('own.ts')],
  } as unknown as Facts
  assert.deepEqual(sourceFiles(facts), ['own.ts'])
  const shown = JSON.stringify(
    sources.make(
      facts,
      { attributes: {}, file: new VFile(), position: undefined, form: 'leafDirective' },
      speechOf(wordsFor('en')),
    ),
  )
  assert.doesNotMatch(shown, /const secret/)
  assert.match(shown, /import '\.\/\.\.\/secret\.ts'/)
})
