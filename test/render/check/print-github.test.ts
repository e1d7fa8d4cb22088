import assert from 'node:assert/strict'
import test from 'node:test'
import { printGithub } from '../../../src/render/check/print-github.ts'
import { outcomeOf, rowOf } from './an-outcome.ts'

test('printGithub should write a line for each difference, and escape special characters of GitHub', () => {
  const rows = [
    rowOf({ verdict: 'equal' }),
    rowOf({ verdict: 'measured' }),
    rowOf({ place: { file: 'a,b:c.md', line: 3, column: 9 }, accepted: '91.2 %', recomputed: '91.4 %' }),
  ]
  const errors = [
    { place: { file: 'a.md', line: 1, column: 2 }, rule: 'cell-runs', message: 'first\r\nsecond: 5 %' },
  ]
  const lines = printGithub(outcomeOf({ rows, errors })).split('\n')
  assert.deepEqual(lines.slice(0, 2), [
    '::error file=a%2Cb%3Ac.md,line=3,col=9::Cannot reproduce `91.2 %25`, found `91.4 %25` in “the accuracy is 91.2 %25” (#deep): exact',
    '::error file=a.md,line=1,col=2::first%0D%0Asecond: 5 %25 (cell-runs)',
  ])
  assert.match(lines[2]!, /^ {2}checked /)
  assert.equal(lines[3], '')
  assert.equal(lines.length, 4)
})

test('printGithub should omit the line number of a value that is no longer shown', () => {
  const rows = [rowOf({ place: { file: 'a.md' }, verdict: 'missing', recomputed: '' })]
  assert.match(printGithub(outcomeOf({ rows })), /^::error file=a\.md::Cannot find /)
})
