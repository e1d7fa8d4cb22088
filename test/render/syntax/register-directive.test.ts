import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VFile } from 'vfile'
import type { RegisterPlace } from '../../../src/render/syntax/register-directive.ts'
import { registerProblem } from '../../../src/render/syntax/register-directive.ts'

const registers = {
  jobs: { options: [], isTable: true },
  sources: { options: ['folder', 'depth'], isTable: false },
}

test('a register should be one of the given ones, or the references', () => {
  assert.equal(problem({ of: 'jobs' }), undefined)
  assert.equal(
    problem({ of: 'job' }),
    'Unexpected register `job`, expected jobs, sources or references: did you mean `jobs`?',
  )
  assert.equal(problem({ of: 'toString' })?.split(',')[0], 'Unexpected register `toString`')
  const nothing =
    'Unexpected register of nothing, expected `::register{of=...}` of jobs, sources or references'
  assert.equal(problem({}), nothing)
  assert.equal(problem({ of: '' }), nothing)
})

test('a register should accept its own options, and a caption only if it is a table', () => {
  assert.equal(problem({ of: 'jobs', id: 'tbl-jobs', caption: 'Jobs' }), undefined)
  assert.equal(problem({ of: 'sources', depth: '2' }), undefined)
  assert.equal(
    problem({ of: 'sources', caption: 'Files' }),
    'Unexpected option `caption` of the register `sources`, expected of, folder or depth',
  )
  assert.equal(
    problem({ of: 'jobs', depth: '2' }),
    'Unexpected option `depth` of the register `jobs`, expected of, id or caption',
  )
})

test('a register should be on a line of its own', () => {
  const reason =
    'Unexpected register in a line or as a block, expected `::register{of=...}` on a line of its own'
  assert.equal(problem({ of: 'jobs' }, 'textDirective'), reason)
  assert.equal(problem({ of: 'jobs' }, 'containerDirective'), reason)
})

function problem(
  attributes: RegisterPlace['attributes'],
  form: RegisterPlace['form'] = 'leafDirective',
): string | undefined {
  return registerProblem(
    { file: new VFile({ path: 'report.md' }), position: undefined, form, attributes },
    registers,
  )
}
