import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readArguments } from '../../src/cli/arguments.ts'

test('--untrusted should be refused with options and commands that run, compare or accept', () => {
  for (const args of [['accept'], ['check'], ['why', 'fig-a'], ['--rerun']])
    assert.throws(() => readArguments([...args, '--untrusted']), /Unexpected --untrusted with /)
  const given = readArguments(['--untrusted', '--cached'])
  assert.ok(typeof given === 'object' && given.report.isUntrusted && !given.build.mayRun)
})
