import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { openPrograms, writeProgram } from '../../../src/render/execute/write-program.ts'
import type { Task } from '../../../src/render/model/types.ts'
import { temporaryProject } from './temporary-project.ts'

function taskOf(number: number): Task {
  return {
    kind: 'cell',
    label: 'a',
    key: '',
    code: `export const a = ${number}`,
    map: '{}',
    packages: {},
    input: {},
  }
}

test('openPrograms should leave the last new files in its folder, and all that lay there before', (t) => {
  const root = temporaryProject(t, {})
  const folder = join(root, 'run')
  const old = fileURLToPath(openPrograms(folder, root).write(taskOf(0)))
  const programs = openPrograms(folder, root, 3)
  const paths = [0, 1, 2, 3, 1, 4, 5].map((number) => fileURLToPath(programs.write(taskOf(number))))
  assert.deepEqual([existsSync(old), existsSync(`${old}.map`)], [true, true])
  // The first was run again after the third.
  assert.deepEqual(paths.slice(1).map(existsSync), [true, false, false, true, true, true])
  assert.equal(readdirSync(folder).length, 2 * 4)
  assert.equal(fileURLToPath(programs.write(taskOf(2))), paths[2])
  assert.equal(existsSync(paths[2]!), true)
})

test('a program that is damaged should be written again, whatever has become of it', (t) => {
  const root = temporaryProject(t, {})
  const folder = join(root, 'run')
  const path = fileURLToPath(writeProgram(taskOf(1), folder, root))
  const whole = readFileSync(path, 'utf8')
  const harms: (() => void)[] = [
    () => writeFileSync(path, whole.replace('a = 1', 'a = 7')),
    () => writeFileSync(path, whole.slice(0, 5)),
    () => writeFileSync(`${path}.map`, '{'),
    () => makeFolder(path),
    () => makeFolder(`${path}.map`),
  ]
  for (const harm of harms) {
    harm()
    writeProgram(taskOf(1), folder, root)
    assert.equal(readFileSync(path, 'utf8'), whole)
    assert.equal(JSON.parse(readFileSync(`${path}.map`, 'utf8')).sourceRoot, pathToFileURL(`${root}/`).href)
  }
})

function makeFolder(path: string): void {
  rmSync(path)
  mkdirSync(join(path, 'precious'), { recursive: true })
}

test('a program that is whole should not be written again', (t) => {
  const root = temporaryProject(t, {})
  const folder = join(root, 'run')
  const path = fileURLToPath(writeProgram(taskOf(1), folder, root))
  const filesNow = () => [path, `${path}.map`].map((one) => statSync(one).ino)
  const before = filesNow()
  writeProgram(taskOf(1), folder, root)
  assert.deepEqual(filesNow(), before)
})
