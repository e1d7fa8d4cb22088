import assert from 'node:assert/strict'
import { fileOf, keysIn, readStored } from '../../src/render/cache/result-store.ts'
import { descendantsOf, until } from './processes.ts'
import type { Project } from './project.ts'
import { ended, start, tracedIn } from './project.ts'

/** How long what was stopped may take to end. */
export const patienceMs = 5_000

/** Reads all stored results of a project, fails if one is damaged, and gives their labels. */
export function soundResults(project: Project): string[] {
  const folder = project.path('dist/.cache/freeze')
  return keysIn(folder)
    .map((key) => {
      const stored = readStored(fileOf(folder, key), key)
      assert.notEqual(typeof stored, 'string', `${key} is damaged: ${stored}`)
      return typeof stored === 'string' ? '' : stored.provenance.label
    })
    .sort()
}

/** Starts a build of three jobs, one at a time. Waits until the second runs and the first one's result is stored. */
export async function inSecondJob(project: Project) {
  const { lines, ...started } = await inMiddle(project, 1, ['begin 2'])
  assert.deepEqual(lines, ['begin 1', 'end 1', 'begin 2'])
  return started
}

/** Starts a build with some jobs at once. Waits until the trace has all `words` and a result is stored. */
export async function inMiddle(project: Project, jobs: number, words: readonly string[]) {
  const child = start(project, ['report.md', '--jobs', String(jobs)])
  const end = ended(child)
  const freeze = project.path('dist/.cache/freeze')
  const isThere = () => {
    const lines = tracedIn(project)
    return words.every((word) => lines.includes(word)) && keysIn(freeze).length > 0
  }
  await until(() => isThere() || child.exitCode !== null, `${words.join(', ')} and a result`)
  const lines = tracedIn(project)
  const children = descendantsOf(child.pid!)
  assert.ok(
    children.some(({ command }) => command.includes('process.js')),
    'expected a process that runs jobs',
  )
  return { child, end, children, lines }
}
