import assert from 'node:assert/strict'
import test from 'node:test'
import { printGithub, printTable } from '../../../src/render/check/outcome-text.ts'
import { outcomeOf, rowOf } from './an-outcome.ts'

test('printTable should write a table for each chapter, the differences below, and a summary', () => {
  const sentences = [1, 2, 3, 4, 5, 6, 7].map((line) => ({
    place: { file: 'a.md', line },
    text: `sentence ${line}`,
  }))
  const rows = [
    rowOf({ place: { file: 'part-a.md', line: 12, column: 5 }, verdict: 'equal', recomputed: '91.2 %' }),
    rowOf(),
    rowOf({
      kind: 'result',
      label: '#shallow',
      verdict: 'damaged',
      rule: 'expected JSON',
      restOnIt: sentences,
    }),
  ]
  const failed = [{ label: 'deep', message: 'no data', above: ['fig-deep', 'tbl-deep'] }]
  const text = printTable(outcomeOf({ rows, failed, notes: ['it is late'] }))
  assert.equal(
    text,
    `part-a.md
  place  label  sentence                accepted  recomputed  rule   verdict
  12:5   #deep  the accuracy is 91.2 %  91.2 %    91.2 %      exact  equal

part-b.md
  place  label     sentence                accepted  recomputed  rule           verdict
✗ 88:3   #deep     the accuracy is 91.2 %  91.2 %    91.4 %      exact          differs
✗ 88:3   #shallow  the accuracy is 91.2 %  91.2 %    91.4 %      expected JSON  damaged

Differences
✗ part-b.md:88:3 Cannot reproduce \`91.2 %\`, found \`91.4 %\` in “the accuracy is 91.2 %” (#deep): exact
✗ part-b.md:88:3 Cannot use the accepted result 91.2 % of #shallow, expected JSON; on it rest a.md:1 “sentence 1”, a.md:2 “sentence 2”, a.md:3 “sentence 3”, a.md:4 “sentence 4”, a.md:5 “sentence 5” and 2 more

  failed     #deep: no data; on it rest #fig-deep, #tbl-deep
  note       it is late
  checked    full, 13 numbers: 9 equal, 1 agrees, 2 measured, 1 differs; 3 of 3 jobs run; seed 7; 3.1 s
`,
  )
})

test('printTable should cut long texts, and count differences beyond fifty', () => {
  const rows = Array.from({ length: 53 }, () => rowOf({ rule: 'x'.repeat(200) }))
  const text = printTable(outcomeOf({ rows }))
  assert.match(text, / x{51}… {2}differs/)
  assert.match(text, /\n {2}and 3 more\n/)
  assert.ok(
    text
      .split('\n')
      .slice(0, 55)
      .every((line) => line.length < 230),
  )
})

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
