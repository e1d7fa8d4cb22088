// Runs every test file under test/, or those whose path holds one of the words given: node test/run.mjs freezer
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from './compile.mjs'

const folder = dirname(fileURLToPath(import.meta.url))
const home = dirname(folder)
const compiled = join(home, 'dist/.tests')
const words = process.argv.slice(2)
const files = readdirSync(folder, { recursive: true })
  .filter(
    (file) => file.endsWith('.test.ts') && (words.length === 0 || words.some((word) => file.includes(word))),
  )
  .map((file) => join(compiled, 'test', file.replace(/\.ts$/, '.js')))
  .sort()
if (files.length === 0) {
  console.error(`No test file holds ${words.join(' or ')}, expected a part of a path under test/`)
  process.exit(1)
}
await compile(home, compiled)
// By itself Node leaves one processor alone.
const concurrency = `--test-concurrency=${availableParallelism()}`
const flags = ['--enable-source-maps', '--test', '--test-reporter=spec', concurrency]
const { status } = spawnSync(process.execPath, [...flags, ...files], {
  cwd: home,
  stdio: 'inherit',
})
process.exit(status ?? 1)
