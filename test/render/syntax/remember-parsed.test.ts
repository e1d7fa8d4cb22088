import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { Root } from 'mdast'
import { readVerified, writeVerified } from '../../../src/render/model/cache-file.ts'
import { weftHome } from '../../../src/render/model/home.ts'
import { parseText } from '../../../src/render/syntax/blocks.ts'
import { openParser } from '../../../src/render/syntax/remember-parsed.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

const one = '# One\n\nThe sum is `{ts} a`, see [two](#two).\n'
const two = '# Two {#two}\n\n```ts exec #cell\nexport const a = 1\n```\n'

function open(t: TestContext) {
  const path = join(temporaryProject(t, {}), 'dist/.cache/parsed.json')
  return {
    path,
    build(...texts: string[]) {
      const parser = openParser(path)
      const trees = texts.map((text) => parser.parse(text))
      parser.save()
      return trees
    },
    /** Gives the stored trees another word, which shows where they come from. */
    mark() {
      const stored = readVerified<{ readonly tool: string; readonly trees: [string, string][] }>(path)!
      const trees = stored.trees.map(([text, tree]) => [text, tree.replace('One', 'Stored')])
      writeVerified(path, { ...stored, trees })
    },
  }
}

const isStored = (tree: Root | undefined) => JSON.stringify(tree).includes('"Stored"')

describe('openParser', () => {
  it('should give the trees of the last build, equal to parsed ones', (t) => {
    const { build, mark } = open(t)
    const parsed = [one, two].map(parseText)
    assert.deepEqual(build(one, two), parsed)
    assert.deepEqual(build(one, two), parsed)
    mark()
    assert.ok(isStored(build(one, two)[0]))
  })

  it('should parse a text that has changed, and no other', (t) => {
    const { build, mark } = open(t)
    build(one, two)
    mark()
    const changed = two.replace('= 1', '= 2')
    const [first, second] = build(one, changed)
    assert.ok(isStored(first))
    assert.deepEqual(second, parseText(changed))
    assert.deepEqual(build(one.replace('sum', 'One'))[0], parseText(one.replace('sum', 'One')))
  })

  it('should give each its own tree, unchanged by who got it before', (t) => {
    const { build } = open(t)
    for (const [first, second] of [build(one, one), build(one, one)]) {
      assert.notEqual(first, second)
      first!.children = []
      assert.deepEqual(second, parseText(one))
    }
    assert.deepEqual(build(one)[0], parseText(one))
  })

  it('should forget what no chapter has, and leave a file that says the same', (t) => {
    const { build, path } = open(t)
    build(one, two)
    const { mtimeNs } = statSync(path, { bigint: true })
    build(two, one)
    assert.equal(statSync(path, { bigint: true }).mtimeNs, mtimeNs)
    build(one)
    assert.equal(readVerified<{ readonly trees: unknown[] }>(path)?.trees.length, 1)
  })

  it('should take nothing from another version of the tool, or from a damaged file', (t) => {
    const { build, mark, path } = open(t)
    build(one)
    mark()
    writeVerified(path, { ...readVerified<object>(path), tool: 'another' })
    assert.deepEqual(build(one), [parseText(one)])
    mark()
    writeFileSync(path, readFileSync(path, 'utf8').replace('"Stored', '"Damaged'))
    assert.deepEqual(build(one), [parseText(one)])
  })

  it('should keep all of the trees of real texts', (t) => {
    const { build } = open(t)
    const texts = ['report-src', 'docs/guide', 'docs/decisions'].flatMap((folder) =>
      readdirSync(join(weftHome(), folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => readFileSync(join(weftHome(), folder, name), 'utf8')),
    )
    const parsed = texts.map(parseText)
    build(...texts)
    assert.deepEqual(build(...texts), parsed)
  })
})
