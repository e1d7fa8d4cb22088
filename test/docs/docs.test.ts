import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { home } from '../tool-copy.ts'

const decisions = readdirSync(join(home, 'docs/decisions')).map((name) => `docs/decisions/${name}`)

for (const file of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...decisions]) {
  const text = readFileSync(join(home, file), 'utf8')

  test(`${file} should name files and folders that are there`, () => {
    const paths = [
      ...text.matchAll(/(?<![\w/.#-])\.?\/?((?:src|test|bench|docs|\.ci)\/[\w./-]*\w)(?![\w*-])/g),
    ].map(([, path]) => path!)
    // A name in capitals stands for one that the reader chooses.
    const missing = paths.filter(
      (path) => !/\b[A-Z]{2,}\b(?!\.md)/.test(path) && !existsSync(join(home, path)),
    )
    assert.deepEqual(missing, [])
    assert.ok(paths.length > 0)
  })

  test(`${file} should link to files that are there`, () => {
    const links = [...text.matchAll(/\]\(([^):#]+)\)/g)].map(([, link]) => link!)
    assert.deepEqual(
      links.filter((link) => !existsSync(join(home, dirname(file), link))),
      [],
    )
  })
}

test('ARCHITECTURE.md should name every room, and every decision', () => {
  const text = readFileSync(join(home, 'ARCHITECTURE.md'), 'utf8')
  const rooms = ['src/render', 'src/experiments'].flatMap((wing) =>
    readdirSync(join(home, wing), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('part-'))
      .map(({ name }) => name),
  )
  assert.deepEqual(
    [...rooms, ...decisions].filter((name) => !new RegExp(`\\b${name}\\b`).test(text)),
    [],
  )
})
