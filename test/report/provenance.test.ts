import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { sha256 } from '../../src/render/model/digest.ts'
import type { ProvenanceRecord, ShownNumber } from '../../src/render/provenance/schema.ts'
import { attachedTo } from '../render/print/attached-to.ts'
import type { Project } from './project.ts'
import { projectWithAll } from './with-all.ts'

type Expressed = Extract<ShownNumber, { expression: string }>

function recordOf(project: Project): ProvenanceRecord {
  return JSON.parse(project.read('dist/provenance.json')) as ProvenanceRecord
}

function valueOfPage({ numbers }: ProvenanceRecord, source: string): Expressed {
  return numbers.find((one) => 'expression' in one && one.expression === source) as never
}

describe('the record of the origins of numbers', () => {
  const project = projectWithAll({ after })
  let record: ProvenanceRecord
  const dependenciesOf = (source: string) => record.grounds[valueOfPage(record, source).ground]!
  const jobsIn = (keys: readonly string[]) =>
    keys
      .map((key) => record.jobs[key]!)
      .map(({ name, seed }) => `${name} ${seed}`)
      .sort()

  before(async () => {
    const { code, text } = await project.weft(['report-src/report.md'])
    assert.equal(code, 0, text)
    record = recordOf(project)
  })

  it('should match its schema, which rejects broken records', () => {
    const schema = JSON.parse(project.read('dist/provenance.schema.json')) as object
    const validate = new Ajv2020({
      strict: true,
      allowUnionTypes: true,
      formats: { 'date-time': true },
    }).compile(schema)
    assert.ok(validate(record), JSON.stringify(validate.errors))
    assert.equal(record.$schema, 'provenance.schema.json')
    const [number, ...others] = record.numbers
    const broken = [
      { ...record, format: 1 },
      { ...record, unknown: 1 },
      { ...record, numbers: [{ ...number, ground: 'none' }, ...others] },
      { ...record, numbers: [{ ...number, kind: 'guess' }, ...others] },
      { ...record, cells: { ...record.cells, limits: { ...record.cells.limits, key: 'abc' } } },
    ]
    for (const one of broken) assert.ok(!validate(one), JSON.stringify(one).slice(0, 200))
  })

  it('should describe every member in the schema', () => {
    const undescribed: string[] = []
    const visit = (schema: { properties?: object; [key: string]: unknown }, path: string) => {
      for (const [name, value] of Object.entries(schema)) {
        if (typeof value !== 'object' || value === null) continue
        visit(value as never, `${path}.${name}`)
      }
      for (const [name, member] of Object.entries(schema.properties ?? {}))
        if (!JSON.stringify(member).includes('"description"')) undescribed.push(`${path}.${name}`)
    }
    visit(JSON.parse(project.read('dist/provenance.schema.json')), '')
    assert.deepEqual(undescribed, [])
  })

  it('should list values, claims, entries, plain outputs and figures with their raw numbers and places', () => {
    const { numbers } = record
    assert.deepEqual(
      numbers.map((one) => ('output' in one ? `${one.kind} ${one.output}` : `${one.kind} ${one.expression}`)),
      [
        'value params.steps',
        'value fixed(trained.last, 3)',
        'value count(sized.parameters)',
        'value trainedParams.rate',
        'claim trained.last.mean < trained.first.mean',
        'value fixed(both.sum, 1)',
        'value both.none.length',
        'value limit',
        'value described.title',
        'value count(4)',
        'figure fig-trained',
        'table tbl-trained',
        'table tbl-trained',
        'table tbl-sized',
        'plain limits',
      ],
    )
    const loss = valueOfPage(record, 'fixed(trained.last, 3)')
    assert.equal(loss.printed.length, 1)
    assert.equal(loss.printed[0]!.text, loss.text)
    assert.equal((loss.printed[0]!.raw as { n: number }).n, 2)
    const line = project.read('report-src/report.md').split('\n')[loss.line - 1]!
    assert.equal(line.slice(loss.column - 1).startsWith('`{ts} fixed(trained.last, 3)`'), true)
    const claim = numbers.find(({ kind }) => kind === 'claim') as Expressed
    assert.equal(claim.text, 'true')
    assert.deepEqual(Object.keys(claim.read), ['trained.last.mean', 'trained.first.mean'])
    const entry = numbers.find((one) => one.kind === 'table' && one.output === 'tbl-sized')
    assert.deepEqual(entry && 'raw' in entry && [entry.text, entry.raw, entry.place], [
      '900',
      900,
      '[0].parameters',
    ])
  })

  it('should list for each number only the jobs of its cells and of the earlier cells that they need', () => {
    assert.deepEqual(jobsIn(dependenciesOf('fixed(trained.last, 3)').jobs), ['train 1', 'train 2'])
    assert.deepEqual(jobsIn(dependenciesOf('count(sized.parameters)').jobs), ['size 1'])
    assert.deepEqual(jobsIn(dependenciesOf('fixed(both.sum, 1)').jobs), ['size 1', 'train 1', 'train 2'])
    assert.deepEqual(dependenciesOf('fixed(both.sum, 1)').cells, ['trained', 'sized', 'both'])
    assert.deepEqual(
      dependenciesOf('both.none.length').cells,
      ['trained', 'sized', 'both'],
      'only a length is read',
    )
    assert.deepEqual(dependenciesOf('limit').jobs, [])
    const empty = { cells: [], jobs: [], params: [], dataSets: [], files: [] }
    assert.deepEqual(dependenciesOf('count(4)'), empty)
    assert.deepEqual(dependenciesOf('params.steps'), { ...empty, params: ['steps'] })
    assert.deepEqual(dependenciesOf('fixed(trained.last, 3)').params, ['rate', 'seeds', 'steps'])
    const figure = record.numbers.find(({ kind }) => kind === 'figure')!
    assert.deepEqual(record.grounds[figure.ground]!.cells, ['trained', 'fig-trained'])
  })

  it('should name data sets and data files with their digests', () => {
    assert.deepEqual(dependenciesOf('limit').files, ['limits.json'])
    assert.equal(record.files['limits.json'], sha256('{"most": 7}'))
    assert.deepEqual(dependenciesOf('described.title').dataSets, ['rows'])
    assert.equal(record.dataSets.rows!.files[0]!.sha256, 'ab'.repeat(32))
  })

  it('should contain each key with its parts and its machine', () => {
    const stored = (key: string) =>
      JSON.parse(readFileSync(join(project.folder, `dist/.cache/freeze/${key}.json`), 'utf8')) as {
        parts: object
        provenance: { computedAt: string; cpu: string }
      }
    const all = [...Object.values(record.cells), ...Object.values(record.jobs)]
    assert.equal(all.length, 10)
    for (const one of all) {
      const { parts, provenance } = stored(one.key)
      assert.deepEqual(one.parts, parts)
      assert.equal(one.computedAt, provenance.computedAt)
      assert.equal(record.machines[one.machine]!.cpu, provenance.cpu)
    }
    const zod = record.packages.find(({ name }) => name === 'zod')
    assert.match(zod?.version ?? '', /^4\./)
  })

  it('should be in the print, with unchanged sources, and without times until it is accepted', async () => {
    const found = await attachedTo(readFileSync(project.path('dist/report.pdf')))
    assert.deepEqual([...found.keys()].sort(), [
      'limits.json',
      'provenance.json',
      'provenance.schema.json',
      'report-src/more.md',
      'report-src/report.md',
      'report-src/sizes.md',
      'report-src/training.md',
      'src/experiments/losses.ts',
      'src/experiments/size.ts',
      'src/experiments/train.ts',
      'src/trace.ts',
    ])
    for (const [name, bytes] of found)
      if (!name.startsWith('provenance'))
        assert.equal(Buffer.from(bytes).toString(), project.read(name), name)
    const inside = Buffer.from(found.get('provenance.json')!).toString()
    assert.doesNotMatch(inside, /computedAt|elapsedMs/)
    assert.deepEqual(JSON.parse(inside).numbers, record.numbers)
    const digests = JSON.parse(project.read('dist/report.digests.json')) as Record<string, string>
    assert.equal(digests['provenance.json'], sha256(project.read('dist/provenance.json')))
  })
})
