import assert from 'node:assert/strict'
import test from 'node:test'
import { expectedLines, outcomeOf, readExamples } from './examples.ts'

// All of them, and in the way of untrusted reports, are in examples.long.test.ts.
test('figureToSvg should draw a specification of each kind, or say why not', async () => {
  const { lines } = expectedLines()
  const groups = new Map<string, [string, object][]>()
  for (const [name, spec] of Object.entries(readExamples())) {
    const group = name.split(' ')[0]!
    groups.set(group, [...(groups.get(group) ?? []), [name, spec]])
  }
  assert.deepEqual(
    [...groups.keys()],
    [
      'marks',
      'transforms',
      'scales',
      'compositions',
      'data',
      'selections',
      'styles',
      'refused',
      'told',
      'published',
    ],
  )
  for (const [group, examples] of groups)
    for (const [name, spec] of group === 'published' ? examples.slice(0, 5) : examples)
      assert.equal((await outcomeOf(spec)).line, lines.get(name), name)
})
