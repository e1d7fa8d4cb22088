import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { openResultStore } from '../../../src/render/cache/result-store.ts'
import { acceptedOf, numbersOf } from '../../../src/render/check/numbers.ts'
import type { LockedProfile } from '../../../src/render/model/lock.ts'
import { usedBy } from '../../../src/render/results/used.ts'
import { buildProject } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

const table = cell(
  'tbl-a',
  "import { markdown, table } from 'weft/output'",
  'export default [',
  "  table([{ a: 1 }], { columns: { a: 'With `{ts} n`' }, caption: 'Of `{ts} n` and `{ts} m`.' }),",
  "  markdown('Prose of `{ts} n + 1` and `{ts} m`.'),",
  "  table([{ a: 1 }], { caption: 'Again `{ts} n`.' }),",
  ']',
)
const chapter = `# Methods

\`{ts} n\` and \`{ts} n\`, :claim[more]{that='m > n'}.

# Data

\`{ts} n\` of \`{ts} m\`.
${cell('numbers', 'export const n = 1, m = 2')}${table}
::register{of=jobs caption="Jobs of \`{ts} n\`."}

::register{#tbl-cells of=machine caption="Machine of \`{ts} n\`."}

~~~ts #lst-c caption="Plain \`{ts} n\`."
f()
~~~
`

type Test = Parameters<typeof temporaryProject>[0]

/** Builds a chapter, and gives its numbers and the lock that accepting them would write. */
async function built(root: string, text: string) {
  writeFiles(root, { 'a.md': text })
  const project = await buildProject(root)
  assert.deepEqual(project.said, [])
  const kept = join(root, 'dist/.cache/freeze')
  const store = openResultStore({ layers: [kept], writeTo: kept, onDamaged: (path) => assert.fail(path) })
  return { numbers: numbersOf(project), locked: usedBy(project, [], store).locked }
}

function projectOf(t: Test): string {
  return temporaryProject(t, { 'report.md': reportOf('', { chapters: ['a.md'] }), 'a.md': '' })
}

const idsOf = ({ shown }: LockedProfile) => shown.map(({ id }) => id!)

test('every value and claim of a report should have its own id in the lock, in outputs by their block', async (t) => {
  const { locked } = await built(projectOf(t), chapter)
  const n = 'v-1b16b1df'
  assert.deepEqual(idsOf(locked), [
    ...[`a.md/methods/${n}`, `a.md/methods/${n}~2`, 'a.md/methods/c-d6a6c318'],
    ...[`a.md/data/${n}`, 'a.md/data/v-62c66a7a'],
    ...[`a.md/#tbl-a/${n}`, 'a.md/#tbl-a/v-62c66a7a', 'a.md/#tbl-a/v-60910b50'],
    ...[`a.md/#lst-c/${n}`, `a.md/::jobs/${n}`, `a.md/#tbl-cells/${n}`],
  ])
})

test('a value at the beginning of a chapter should change no other entry of the lock', async (t) => {
  const root = projectOf(t)
  const before = await built(root, chapter)
  const { locked } = await built(root, `\`{ts} m\`\n\n${chapter}`)
  assert.equal(locked.shown[0]!.id, 'a.md//v-62c66a7a')
  assert.deepEqual(locked.shown.slice(1), before.locked.shown)
})

const changes: Record<string, (text: string) => string> = {
  'as it was': (text) => text,
  'with another heading': (text) => text.replace('# Methods', '# How it was done'),
  'with a label at a heading': (text) => text.replace('# Data', '# Data {#sec-data}'),
  'with a heading before all': (text) => `# Foreword\n\n${text}`,
  'with sections the other way round': (text) => {
    const at = text.indexOf('# Data')
    return `${text.slice(at)}\n${text.slice(0, at)}`
  },
  'with another label of a cell': (text) => text.replaceAll('tbl-a', 'tbl-renamed'),
  'with other labels of captions': (text) => text.replace('#lst-c', '#lst-d').replace('#tbl-cells ', ''),
}
for (const [what, change] of Object.entries(changes)) {
  test(`a report ${what} should match every accepted value, and no other`, async (t) => {
    const root = projectOf(t)
    const { locked } = await built(root, chapter)
    const { numbers } = await built(root, change(chapter))
    const accepted = acceptedOf(numbers, locked)
    assert.deepEqual([...accepted.keys()].sort(), [...numbers.shown.keys()].sort())
    assert.deepEqual(new Set(accepted.values()), new Set(locked.shown))
    for (const [id, { text, source }] of accepted) {
      const { expression, shown } = numbers.shown.get(id)!
      assert.deepEqual([shown?.text, expression.source], [text, source], id)
    }
  })
}
