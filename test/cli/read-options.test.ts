import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions } from '../../src/cli/read-options.ts'

const options = {
  json: { type: 'boolean', short: 'j' },
  jobs: { type: 'string', short: 'n' },
  only: { type: 'string', multiple: true },
} as const

test('readOptions should give values and positional arguments', () => {
  const args = ['a.md', '--jobs', '2', '-j', '--only=x', '--only', 'y', '--', '--json']
  const { values, positionals } = readOptions(args, options)
  assert.deepEqual({ ...values }, { jobs: '2', json: true, only: ['x', 'y'] })
  assert.deepEqual(positionals, ['a.md', '--json'])
})

test('readOptions should accept negative numbers as values, which the caller can judge', () => {
  for (const args of [['--jobs', '-1'], ['--jobs=-1'], ['-n', '-1'], ['-jn-1']])
    assert.equal(readOptions(args, options).values.jobs, '-1', args.join(' '))
  assert.equal(readOptions(['--jobs=-x'], options).values.jobs, '-x')
  assert.equal(readOptions(['--jobs', '-'], options).values.jobs, '-')
})

const wrong: readonly (readonly [args: readonly string[], message: string])[] = [
  [['--jsn'], 'Unknown option --jsn, expected --json, --jobs, --only: did you mean `--json`?'],
  [['-x'], 'Unknown option -x, expected --json, --jobs, --only'],
  [['-jx'], 'Unknown option -x, expected --json, --jobs, --only'],
  [['--constructor'], 'Unknown option --constructor, expected --json, --jobs, --only'],
  [['--jobs'], 'Cannot read --jobs, expected a value after it, found nothing'],
  [['-n'], 'Cannot read --jobs, expected a value after it, found nothing'],
  [['--jobs', '--json'], 'Unexpected --jobs `--json`, expected a value'],
  [['--only', 'x', '--only', '-n', '1'], 'Unexpected --only `-n`, expected a value'],
  [['--json=3'], "Option '-j, --json' does not take an argument"],
]

for (const [args, message] of wrong) {
  test(`readOptions should say what is wrong with ${args.join(' ')}`, () => {
    assert.throws(() => readOptions(args, options), { message })
  })
}
