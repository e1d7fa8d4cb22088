import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { peerPython, peers } from '../../../bench/training/peer-python.ts'

const { torch } = peers

test('peerPython', { skip: process.platform === 'win32' && 'it needs a shell' }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-peer-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const cache = join(folder, 'cache')
  const said: string[] = []
  const find = (...pythons: string[]) => {
    said.length = 0
    return peerPython(torch, { cache, pythons, log: (text) => void said.push(text) })
  }

  await t.test('should take a Python with the wanted series, and make nothing', () => {
    const [old, good] = [fake(folder, 'old', { has: '1.13.1' }), fake(folder, 'good', { has: '2.3.0' })]
    assert.deepEqual(find(old, good), { python: good })
    assert.deepEqual(said, [])
  })

  await t.test('should make an environment, say so, and take it the next time', () => {
    const maker = fake(folder, 'maker', { makes: true })
    const own = join(cache, torch.folder, 'bin/python')
    assert.deepEqual(find(maker), { python: own })
    assert.match(said.join(), /an environment with version 2\.14\.1 is made in .*torch-2\.14\.1 \(3 GB/)
    assert.deepEqual(find(maker), { python: own })
    assert.deepEqual(said, [])
    rmSync(cache, { recursive: true })
  })

  await t.test('should say that it found an old one where none can be made', () => {
    const old = fake(folder, 'old', { has: '1.13.1' })
    assert.deepEqual(find(old), {
      python: old,
      note: 'expected torch 2., found torch 1.13.1: no module named venv',
    })
    assert.ok(!existsSync(join(cache, torch.folder)))
  })

  await t.test('should throw with both reasons if there is none at all', () => {
    const bare = fake(folder, 'bare', {})
    assert.throws(() => find(bare), /no torch in .*bare, and none can be installed: no module named venv/)
  })
})

interface Fake {
  readonly has?: string
  readonly makes?: boolean
}

/** Writes a program that answers as a Python with a version of PyTorch does, or without one. */
function fake(folder: string, name: string, { has, makes }: Fake): string {
  const path = join(folder, name)
  mkdirSync(folder, { recursive: true })
  const version = has === undefined ? 'echo' : `echo ${has}`
  const venv = makes
    ? `mkdir -p "$3/bin"; printf '#!/bin/sh\\ncase "$*" in *importlib*) echo 2.14.1;; esac\\n' > "$3/bin/python"; chmod +x "$3/bin/python"`
    : 'echo no module named venv >&2; exit 1'
  const lines = [
    '#!/bin/sh',
    'case "$*" in',
    '*--version*) exit 0;;',
    `*find_spec*) exit ${has === undefined ? 1 : 0};;`,
    `*importlib.metadata*) ${version};;`,
    `*venv*) ${venv};;`,
    'esac',
  ]
  writeFileSync(path, `${lines.join('\n')}\n`)
  chmodSync(path, 0o755)
  return path
}
