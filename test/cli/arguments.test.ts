import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Arguments, readArguments } from '../../src/cli/arguments.ts'

const preview = (...args: string[]) => (readArguments(['preview', ...args]) as Arguments).preview

test('preview should take an address, a port, and whether it runs all jobs and opens a browser', () => {
  assert.deepEqual(preview(), { host: undefined, port: undefined, runsAll: false, opens: true })
  assert.deepEqual(preview('--host', '0.0.0.0', '--port', '8080', '--run', '--no-open'), {
    ...{ host: '0.0.0.0', port: 8080, runsAll: true, opens: false },
  })
})

test('preview should refuse what is no port, and leave its options to itself', () => {
  for (const port of ['0', '70000', 'x', '-1']) assert.throws(() => preview('--port', port), /--port/, port)
  for (const option of ['--run', '--no-open', '--port=80', '--host=x'])
    assert.throws(() => readArguments(['build', option]), /expected it with `preview`/, option)
  assert.throws(() => readArguments(['preview', '--untrusted', '--rerun']), /--untrusted with --rerun/)
  assert.ok((readArguments(['preview', '--untrusted', 'a.md']) as Arguments).report.isUntrusted)
})

test('a command should refuse the options that it would not follow', () => {
  const refused: [command: string, options: readonly string[], owners: string][] = [
    ['preview', ['--cached'], '`build`, `accept` or `notebook`'],
    ['check a.md', ['--cached'], '`build`, `accept` or `notebook`'],
    ['preview', ['--rerun', '--prove'], '`build`, `accept` or `check`'],
    ['preview', ['--strict'], '`build`, `accept`, `check` or `diff`'],
    ['types', ['--prove'], '`build`, `accept` or `check`'],
    ['diff', ['--prove'], '`build`, `accept` or `check`'],
    ['why label', ['--jobs=2', '--threads=2'], '`build`, `accept`, `check`, `preview` or `notebook`'],
    ['build', ['--sample=1'], '`check`'],
  ]
  for (const [command, options, owners] of refused)
    for (const option of options)
      assert.throws(() => readArguments([...command.split(' '), option]), {
        message: `Unexpected ${option.split('=')[0]} with \`${command.split(' ')[0]}\`, expected it with ${owners}`,
      })
  for (const command of ['build', 'accept', 'check'])
    assert.ok(readArguments([command, '--rerun', '--prove', '--strict', '--jobs=2', '--threads=2']))
  for (const command of ['preview', 'types', 'check'])
    assert.ok(readArguments([command, '--profile=quick', '--out=other']))
})
