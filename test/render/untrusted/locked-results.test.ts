import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import type { LockedProfile } from '../../../src/render/model/lock.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { lockedResults } from '../../../src/render/untrusted/locked-results.ts'
import { reportOf, temporaryProject } from '../execute/temporary-project.ts'

const shown = (source: string, text: string, more: object = {}) => ({
  file: 'report.md',
  kind: 'value' as const,
  source,
  text,
  read: {},
  printed: [],
  ...more,
})

test('lockedResults should give the n-th value of the same words the n-th accepted text', (t) => {
  const body = "`{ts} a` `{ts} b` `{ts} a` :claim[c]{that='a'} `{ts} a`"
  const root = temporaryProject(t, { 'report.md': reportOf(body) })
  const tree = parse(readReport(join(root, 'report.md'), undefined), kinds)
  const locked = {
    cells: {},
    shown: [
      shown('a', 'first'),
      shown('a', 'elsewhere', { file: 'other.md' }),
      shown('a', 'second'),
      shown('b', 'other'),
      shown('a', 'true', { kind: 'claim' }),
    ],
  } as unknown as LockedProfile
  const { expressions } = lockedResults(tree, locked, { read: () => undefined, write() {} })
  const results = [...expressions.values()].map(({ result }) => result!)
  const texts = results.map((result) => (result.ok ? result.text : result.message))
  assert.deepEqual(texts, [
    'first',
    'other',
    'second',
    'true',
    'the lock has none that was accepted, and nothing is evaluated',
  ])
  assert.deepEqual(
    results.map((result) => result.ok && result.isTrue),
    [false, false, false, true, false],
  )
})

test('lockedResults should give a value what was accepted under its id, wherever that is listed', (t) => {
  const body = '# One\n\n`{ts} a` `{ts} a`\n\n# New name\n\n`{ts} a`\n'
  const root = temporaryProject(t, { 'report.md': reportOf(body) })
  const tree = parse(readReport(join(root, 'report.md'), undefined), kinds)
  const place = 'v-ca978112'
  const locked = {
    cells: {},
    shown: [
      shown('a', 'under the old name', { id: `report.md/old-name/${place}` }),
      shown('a', 'second', { id: `report.md/one/${place}~2` }),
      shown('b', 'of another source', { id: `report.md/one/${place}` }),
      shown('a', 'first', { id: `report.md/one/${place}` }),
    ],
  } as unknown as LockedProfile
  const { expressions } = lockedResults(tree, locked, { read: () => undefined, write() {} })
  assert.deepEqual(
    [...expressions.values()].map(({ result }) => result?.ok && result.text),
    ['first', 'second', 'under the old name'],
  )
})

test('lockedResults should lack everything where nothing was accepted', (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf('`{ts} a`\n\n```ts exec #constructor\n1\n```\n') })
  const tree = parse(readReport(join(root, 'report.md'), undefined), kinds)
  const { cells, expressions } = lockedResults(tree, undefined, { read: () => assert.fail(), write() {} })
  assert.deepEqual(
    [...cells.values()].map(({ state }) => state),
    ['stale'],
  )
  assert.deepEqual(
    [...expressions.values()].map(({ result }) => result?.ok),
    [false],
  )
})
