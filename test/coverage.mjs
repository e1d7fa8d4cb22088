// Runs the tests of `npm test`, and fails where they reach less than 85 % of the lines of a file: npm run coverage
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const leastLines = 85
const home = dirname(dirname(fileURLToPath(import.meta.url)))
const raw = join(home, 'dist/.coverage')

rmSync(raw, { recursive: true, force: true })
// Children and worker threads write there too.
const tests = run('test/run.mjs', process.argv.slice(2), { ...process.env, NODE_V8_COVERAGE: raw })
keepOwn()
const report = run('node_modules/c8/bin/c8.js', [
  ...['report', '--reporter=text', '--reports-dir=coverage', `--temp-directory=${raw}`],
  ...['--all', '--src=src', '--extension=.ts', '--include=src/**', '--exclude-after-remap'],
  ...unreached().map((file) => `--exclude=${file}`),
  ...['--check-coverage', '--per-file', `--lines=${leastLines}`],
])
process.exit(tests || report)

function run(program, args, env = process.env) {
  return spawnSync(process.execPath, [program, ...args], { cwd: home, env, stdio: 'inherit' }).status ?? 1
}

// What is reached of packages is half of what Node writes, and nearly all else are the source maps of lib, which every
// process writes again: c8 needs each once, and then can merge all at once.
function keepOwn() {
  const seen = new Set()
  const own = ['dist/.tests/src/', 'lib/'].map((folder) => pathToFileURL(join(home, folder)).href)
  const isOwn = (url) => own.some((folder) => url.startsWith(folder))
  for (const path of readdirSync(raw).map((name) => join(raw, name))) {
    const written = parsed(readFileSync(path, 'utf8'))
    if (!written) {
      rmSync(path)
      continue
    }
    const { result, 'source-map-cache': maps = {}, ...rest } = written
    const kept = Object.entries(maps).filter(([url]) => isOwn(url) && !seen.has(url))
    for (const [url] of kept) seen.add(url)
    const covered = { ...rest, result: result.filter(({ url }) => isOwn(url)) }
    writeFileSync(path, JSON.stringify({ ...covered, 'source-map-cache': Object.fromEntries(kept) }))
  }
}

// A process that a test kills may leave half a file.
function parsed(json) {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

// What runs in a browser, which writes no coverage; what a program has written, and that program, which is run by
// hand; the processes that draw figures and run cells, which are killed before they can write; what is types alone.
function unreached() {
  const compiled = join(home, 'dist/.tests')
  const types = readdirSync(join(compiled, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => join('src', file).split(sep).join('/'))
    .filter((file) => file.endsWith('.js') && isEmpty(readFileSync(join(compiled, file), 'utf8')))
    .map((file) => file.replace(/\.js$/, '.ts'))
  return [
    'src/render/page/client/**',
    'src/render/print/client/**',
    'src/render/prove/client/**',
    'src/render/preview/client/**',
    '**/*.generated.*',
    'src/experiments/data/stand-in/generate-letters.ts',
    'src/render/worker/draw-process.ts',
    'src/render/worker/process.ts',
    '**/*.d.ts',
    ...types,
  ]
}

function isEmpty(code) {
  return code.split('\n').every((line) => line === '' || line.startsWith('//'))
}
