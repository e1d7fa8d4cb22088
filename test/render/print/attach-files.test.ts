import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import { openObjects } from '../../../src/render/print/amend.ts'
import { type Attachment, attachFiles } from '../../../src/render/print/attach-files.ts'
import { attachedTo } from './attached-to.ts'

const date = new Date('2026-11-30T00:00:00Z')
const hasQpdf = spawnSync('qpdf', ['--version']).status === 0

const files: readonly Attachment[] = [
  { name: 'src/Ä β.ts', type: 'text/plain', relationship: 'Source', bytes: Buffer.from('α = 1\n') },
  { name: 'report.md', type: 'text/markdown', relationship: 'Source', bytes: Buffer.from('# One\n') },
  { name: 'a (b) c.json', type: 'application/json', relationship: 'Data', bytes: Buffer.from('{}') },
  { name: 'empty', type: 'text/plain', relationship: 'Data', bytes: new Uint8Array() },
  {
    name: 'large.bin',
    type: 'application/octet-stream',
    relationship: 'Data',
    bytes: Uint8Array.from({ length: 70_000 }, (_, index) => (index * index) % 251),
  },
]

describe('attaching files to a PDF', () => {
  let plain: Uint8Array
  before(async () => {
    const document = await PDFDocument.create({ updateMetadata: false })
    document.addPage([100, 100])
    plain = await document.save({ useObjectStreams: false })
  })

  it('should put in every file with its bytes, whatever its name', async () => {
    const found = await attachedTo(attachFiles(plain, files, date))
    assert.deepEqual([...found.keys()].sort(), files.map(({ name }) => name).sort())
    for (const { name, bytes } of files) assert.deepEqual(found.get(name), new Uint8Array(bytes), name)
  })

  it('should keep what was there, and name files as sources or data of the document, with its date', async () => {
    const pdf = attachFiles(plain, files, date)
    assert.ok(Buffer.from(pdf).subarray(0, plain.length).equals(plain))
    const text = Buffer.from(pdf).toString('latin1')
    assert.equal(text.match(/\/AFRelationship \/Source/g)?.length, 2)
    assert.equal(text.match(/\/AFRelationship \/Data/g)?.length, 3)
    assert.equal(text.match(/\/ModDate \(D:20261130000000\+00'00'\)/g)?.length, files.length)
    assert.match(text, /\/Subtype \/text#2fmarkdown/)
    const objects = openObjects(pdf)
    assert.equal(objects.size, openObjects(plain).size + 2 * files.length)
    assert.match(objects.read(objects.top('Root')), /\/AF \[(\d+ 0 R ?){5}\]/)
  })

  it('should give the same bytes in whatever order files come', () => {
    const one = attachFiles(plain, files, date)
    assert.ok(Buffer.from(attachFiles(plain, files.toReversed(), date)).equals(one))
    const other = attachFiles(plain, files, new Date(0))
    assert.ok(!Buffer.from(other).equals(one))
  })

  it('should attach to a PDF that was amended before', async () => {
    const objects = openObjects(plain)
    const root = objects.top('Root')
    const amended = objects.amend(new Map([[root, objects.read(root).replace('<<', '<<\n/Lang (en)')]]))
    const pdf = attachFiles(amended, files.slice(0, 1), date)
    assert.match(openObjects(pdf).read(root), /\/Lang \(en\)/)
    assert.equal((await attachedTo(pdf)).size, 1)
    assert.equal((await PDFDocument.load(pdf)).getPageCount(), 1)
  })

  it('should leave a PDF as it is without files', () => {
    assert.equal(attachFiles(plain, [], date), plain)
  })

  it('should refuse two files of one name, files beside files, and a PDF without a plain table', () => {
    const [file] = files as [Attachment]
    assert.throws(() => attachFiles(plain, [file, file], date), /Cannot attach two files `src\/Ä β\.ts`/)
    const once = attachFiles(plain, [file], date)
    assert.throws(() => attachFiles(once, [file], date), /expected one without files in it/)
    assert.throws(() => attachFiles(Buffer.from('no PDF'), [file], date), /expected a plain table/)
  })

  it('should please qpdf', { skip: !hasQpdf && 'qpdf is not installed' }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'weft-attach-'))
    try {
      const path = join(folder, 'a.pdf')
      writeFileSync(path, attachFiles(plain, files, date))
      assert.match(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' }), /No syntax or stream/)
      const names = execFileSync('qpdf', ['--list-attachments', path], { encoding: 'utf8' })
      for (const { name } of files) assert.ok(names.includes(`${name} ->`), `${name} in ${names}`)
      const bytes = execFileSync('qpdf', ['--show-attachment=large.bin', path])
      assert.ok(bytes.equals(files[4]!.bytes))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
