// Runs the test files under test/ that are not named *.long.test.ts; with --long those, with --all every one, or else
// those whose path holds one of the words given: node test/run.mjs result-store
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from './compile.mjs'
import { group, longestFirst } from './group.mjs'

const folder = dirname(fileURLToPath(import.meta.url))
const home = dirname(folder)
const compiled = join(home, 'dist/.tests')
const words = process.argv.slice(2)
const files = readdirSync(folder, { recursive: true })
  .filter((file) => file.endsWith('.test.ts') && isWanted(file))
  .map((file) => join(compiled, 'test', file.replace(/\.ts$/, '.js')))
  .sort()
if (files.length === 0) {
  console.error(`No test file holds ${words.join(' or ')}, expected a part of a path under test/`)
  process.exit(1)
}
await compile(home, compiled)
// By itself Node leaves one processor alone; tests also wait for browsers, children and what is to happen.
const concurrency = `--test-concurrency=${availableParallelism() + 2}`
const flags = ['--enable-source-maps', '--test', '--test-reporter=spec', concurrency]
const groups = join(compiled, 'groups')
const isMany = words.includes('--long') || words.includes('--all')
const run = words.length === 0 ? group(files, groups) : isMany ? longestFirst(files, groups) : files
const { status } = spawnSync(process.execPath, [...flags, ...run], { cwd: home, stdio: 'inherit' })
process.exit(status ?? 1)

function isWanted(file) {
  const isLong = file.endsWith('.long.test.ts')
  if (words.length === 0) return !isLong
  if (words.includes('--all')) return true
  return words.includes('--long') ? isLong : words.some((word) => file.includes(word))
}
