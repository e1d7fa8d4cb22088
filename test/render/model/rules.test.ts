import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { Unreadable } from '../../../src/render/model/messages.ts'
import { rules } from '../../../src/render/model/rules.ts'
import { buildProject, messagesOf } from '../execute/build-project.ts'
import { temporaryProject } from '../execute/temporary-project.ts'
import { buildOnce } from '../pipeline/build-once.ts'

const folder = fileURLToPath(new URL('../../fixtures/rules', import.meta.url))
const fixtures = readdirSync(folder)

// The tests of pages and builds raise these rules.
const elsewhere = [
  'report-is-harmless',
  'result-is-whole',
  'result-is-reproducible',
  'math-renders',
  'character-prints',
  'page-is-proved',
  'page-is-self-contained',
  'types-agree',
]

// Only the printed pages raise this rule.
const inPrint = ['section-fits']

// Rules about typed numbers; the fixtures of other rules may contain typed numbers.
const typed = ['number-has-source', 'number-has-origin', 'data-is-typed']

test('every rule should have a fixture that breaks it', () => {
  const missing = Object.keys(rules).filter((rule) => !elsewhere.includes(rule) && !fixtures.includes(rule))
  assert.deepEqual(missing, [])
})

for (const rule of fixtures) {
  test(`a report that breaks ${rule} should be reported`, async (t) => {
    const root = temporaryProject(t, {})
    cpSync(join(folder, rule), root, { recursive: true })
    const said = `${(await (inPrint.includes(rule) ? messagesOfPrint(root) : messagesOfBuild(root, rule))).join('\n')}\n`
    assert.match(said, new RegExp(`:\\d+:\\d+ ${rule} `))
    const [expected, changed] = ['expected.txt', 'expected-changed.txt'].map((name) =>
      join(folder, rule, name),
    )
    const words = existsSync(expected!) ? readFileSync(expected!, 'utf8') : undefined
    if (words === said) rmSync(changed!, { force: true })
    else writeFileSync(changed!, said)
    assert.equal(said, words)
  })
}

async function messagesOfPrint(root: string): Promise<readonly string[]> {
  const built = await buildOnce(join(root, 'report.md'))
  return sorted(messagesOf(built.files))
}

async function messagesOfBuild(root: string, rule: string): Promise<readonly string[]> {
  try {
    return sorted(
      (
        await buildProject(root, {
          cached: rule === 'result-is-current',
          ...(typed.includes(rule) ? { lint: true } : {}),
        })
      ).said,
    )
  } catch (error) {
    if (error instanceof Unreadable) return sorted(messagesOf(error.files))
    throw error
  }
}

function sorted(messages: readonly string[]): string[] {
  return [...messages].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
