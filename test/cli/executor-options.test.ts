import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readArguments } from '../../src/cli/arguments.ts'
import { executorOptions } from '../../src/cli/executor-options.ts'

const slurm = (...words: string[]) => executorOptions({ executor: 'slurm', slurm: words }, false).slurm

describe('--executor', () => {
  it('should run jobs here unless a cluster is named', () => {
    assert.deepEqual(executorOptions({}, false), {})
    assert.deepEqual(executorOptions({ executor: 'local' }, true), {})
    assert.deepEqual(slurm(), { settings: {}, isFresh: false })
    assert.throws(() => executorOptions({ executor: 'slrum' }, false), /Unexpected --executor `slrum`.*slurm/)
    assert.throws(() => executorOptions({ slurm: ['time=1'] }, false), /expected it with --executor slurm/)
  })

  it('should read the settings of the front matter', () => {
    const given = [
      'partition=7',
      'time=90',
      'memory=4G',
      'cpus=4',
      'gpus=a100:2',
      'tasks=16',
      'flags=--qos=long --x',
    ]
    assert.deepEqual(slurm(...given)?.settings, {
      partition: '7',
      time: '90',
      memory: '4G',
      cpus: 4,
      gpus: 'a100:2',
      tasks: 16,
      flags: ['--qos=long', '--x'],
    })
    assert.equal(slurm('time=1-12:00:00')?.settings.time, '1-12:00:00')
    assert.deepEqual(slurm('flags=--qos=long', 'flags=--x')?.settings.flags, ['--qos=long', '--x'])
  })

  it('should say which setting is wrong, and what was expected', () => {
    assert.throws(() => slurm('partition'), /Unexpected --slurm `partition`, expected NAME=VALUE/)
    assert.throws(() => slurm('time=1', 'time=2'), /Unexpected second --slurm time=2, expected it once/)
    assert.throws(() => slurm('time=soon'), /`slurm\.time`, expected minutes such as 30.*found .*soon/)
    assert.throws(
      () => slurm('partion=a'),
      /Unexpected `partion` in `slurm`, expected one of partition, account/,
    )
  })

  it('should compute again in a check and a rerun, and belong to commands that run jobs', () => {
    const buildOf = (...args: string[]) => {
      const read = readArguments([...args, '--executor', 'slurm'])
      assert.ok(typeof read !== 'string')
      return read.build.slurm?.isFresh
    }
    assert.equal(buildOf('build'), false)
    assert.equal(buildOf('build', '--rerun'), true)
    assert.equal(buildOf('check'), true)
    assert.throws(() => buildOf('preview'), /Unexpected --executor with `preview`/)
  })
})
