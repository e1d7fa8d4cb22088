import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { before, describe, it } from 'node:test'
import { inflateSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import { pdfText } from '../../src/render/print/pdf-text.ts'
import { rainProject } from './rain-project.ts'
import { weftHere } from './weft-here.ts'

describe('weft submission of an accepted report', () => {
  const project = rainProject()
  before(async () => assert.equal((await weftHere(project.folder, ['accept'])).code, 0))

  it('should leave out all names of the authors if asked to', async () => {
    const { code, stdout } = await weftHere(project.folder, [
      'submission',
      '--anonymous',
      '--out',
      'dist/a.zip',
    ])
    assert.equal(code, 0, stdout)
    const files = unzipSync(readFileSync(project.path('dist/a.zip')))
    const hidden = /Jane|Doe|Rain Institute|jane@example|jq@example/
    for (const [name, bytes] of Object.entries(files))
      assert.doesNotMatch(strFromU8(bytes, true), hidden, name)
    const pdf = files['report.pdf']!
    assert.doesNotMatch((await pdfText(pdf)).join('\n'), hidden)
    const streams = strFromU8(pdf, true).matchAll(/EmbeddedFile[\s\S]*?stream\n([\s\S]*?)\nendstream/g)
    const attached = [...streams].map(([, stream]) => inflateSync(Buffer.from(stream!, 'latin1')).toString())
    assert.ok(attached.some((text) => text.includes('title: Rain')))
    for (const text of attached) assert.doesNotMatch(text, hidden)
  })

  it('should refuse a file that must not be handed in, and write nothing', async () => {
    project.write('notes.log', 'x')
    const { code, stdout } = await weftHere(project.folder, ['submission', '--out', 'dist/b.zip'])
    rmSync(project.path('notes.log'))
    assert.equal(code, 1)
    assert.match(
      stdout,
      /\n {2}refused {4}notes\.log {2}nothing-ignored\n {13}Unexpected file, .*: remove it/,
    )
    assert.match(
      stdout,
      /\n {2}failed {5}dist\/b\.zip is not written, 1 finding\n {13}nothing-ignored: No file is /,
    )
    assert.equal(existsSync(project.path('dist/b.zip')), false)
  })

  it('should refuse a name that is no zip', async () => {
    const { code, stderr } = await weftHere(project.folder, ['submission', '--out', 'dist'])
    assert.equal(code, 1)
    assert.match(stderr, /^weft: Unexpected --out `dist`, expected the name of a zip/)
  })
})
