import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { VFile } from 'vfile'
import { sha256 } from '../../../src/render/model/digest.ts'
import type { Report } from '../../../src/render/model/types.ts'
import { attachmentsOf, mostDataBytes } from '../../../src/render/provenance/attachments.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

const large = 'x'.repeat(mostDataBytes + 1)
const sources = {
  'report-src/a.bib': '@book{a}',
  'report-src/b.bib': '@misc{b, title={B}}',
  'src/one.ts': 'export {}\n',
  'src/large.ts': large,
  'large.csv': large,
  'small.csv': 'a,b\n',
  'node_modules/p/index.js': '1',
  'provenance.json': '{"of": "the author"}',
}

function reportIn(root: string): Report {
  const front = { bibliography: ['a.bib', 'b.bib'], csl: '../../outside.csl' }
  const files = [new VFile({ path: 'report-src/report.md', value: '# One\n' })]
  return { root, folder: join(root, 'report-src'), front, files } as unknown as Report
}

const inputs = Object.fromEntries(Object.entries(sources).map(([name, text]) => [name, sha256(text)]))

describe('the attachments of a print', () => {
  it('should be chapters, bibliography, lock, modules and small data files of the project, and the record', (t) => {
    const root = temporaryProject(t, sources)
    const found = attachmentsOf({
      report: reportIn(root),
      inputs: [inputs, { '../outside.ts': sha256('x'), 'src/one.ts': inputs['src/one.ts']! }],
      lock: { path: join(root, 'report-src/report.lock.json'), text: '{}' },
      made: { 'provenance.json': '{"made": 1}' },
      carriesProject: true,
    })
    assert.deepEqual(found.map(({ name, relationship }) => `${name} ${relationship}`).sort(), [
      'provenance.json Data',
      'report-src/a.bib Source',
      'report-src/b.bib Source',
      'report-src/report.lock.json Data',
      'report-src/report.md Source',
      'small.csv Data',
      'src/large.ts Source',
      'src/one.ts Source',
    ])
    const made = found.find(({ name }) => name === 'provenance.json')!
    assert.equal(String(Buffer.from(made.bytes)), '{"made": 1}')
  })

  it('should be only the chapters and the record, if the report may not read its project', (t) => {
    const root = temporaryProject(t, sources)
    const found = attachmentsOf({
      report: reportIn(root),
      inputs: [inputs],
      lock: undefined,
      made: { 'provenance.json': '{}' },
      carriesProject: false,
    })
    assert.deepEqual(
      found.map(({ name }) => name),
      ['provenance.json', 'report-src/report.md'],
    )
  })

  it('should omit a module that is gone or has changed since it was bundled', (t) => {
    const root = temporaryProject(t, sources)
    rmSync(join(root, 'small.csv'))
    for (const name of ['a.bib', 'b.bib']) rmSync(join(root, 'report-src', name))
    const changed = { 'src/one.ts': sha256('another'), 'small.csv': inputs['small.csv']! }
    const found = attachmentsOf({
      report: reportIn(root),
      inputs: [changed],
      lock: undefined,
      made: {},
      carriesProject: true,
    })
    assert.deepEqual(
      found.map(({ name }) => name),
      ['report-src/report.md'],
    )
  })
})
