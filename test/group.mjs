import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const most = 12
const mostHeavy = 5

// Rooms whose tests take long by themselves.
const slow = /[\\/](report|cli|mutation|preview|language-server)[\\/]/
// What a test does that changes what all tests of a process share.
const apart =
  /\bprocess\.(chdir|exitCode|on|once|emit)\b|\bprocess\.env(\.\w+|\[[^\]]+\]) = |delete process\.env|Object\.assign\(process|\bmock\b|globalThis|output\/document\.js/
// What takes longer than to start a process.
const heavy = /child_process|openBrowser|pageOfTests|temporaryProject/

/**
 * Joins test files into fewer ones that load them one after the other: to start a process and load the packages takes
 * more time than most tests. A test that needs a process of its own stays alone. Node runs files in the order of their
 * names; those that take longest get the first ones, and single commands the last, so that no processor waits at the end.
 *
 * @param {readonly string[]} files compiled tests
 * @param {string} folder where to write the joined ones, new at each call
 * @returns {string[]} the files to run
 */
export function group(files, folder) {
  const long = []
  const single = []
  const joined = { heavy: [], light: [] }
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    if (slow.test(relative(dirname(folder), file))) long.push([file])
    else if (apart.test(text)) single.push([file])
    else (heavy.test(text) ? joined.heavy : joined.light).push(file)
  }
  return numbered(
    [...partsOf(joined.heavy, mostHeavy), ...single, ...partsOf(joined.light, most), ...long.reverse()],
    folder,
  )
}

function partsOf(files, size) {
  return Array.from({ length: Math.ceil(files.length / size) }, (_, at) =>
    files.slice(at * size, (at + 1) * size),
  )
}

// The long tests that take a minute and more by themselves.
const longest = [
  'report/shipped',
  'mutation/mutations',
  'cli/check',
  'mutation/happenings',
  'render/prove/',
  'report/',
]

/**
 * Puts those first that take longest: by their names the longest of all would begin when most others have ended.
 *
 * @param {readonly string[]} files compiled tests
 * @param {string} folder where to write the files to run, new at each call
 * @returns {string[]} the files to run
 */
export function longestFirst(files, folder) {
  const rankOf = (file) => {
    const path = relative(dirname(folder), file).split(sep).join('/')
    const rank = longest.findIndex((start) => path.startsWith(`test/${start}`))
    return path.endsWith('.long.test.js') && rank >= 0 ? rank : longest.length
  }
  const sorted = files.toSorted((one, other) => rankOf(one) - rankOf(other))
  return numbered(
    sorted.map((file) => [file]),
    folder,
  )
}

function numbered(rooms, folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return rooms.map((some, index) => {
    const path = join(folder, `${String(index).padStart(3, '0')}.test.js`)
    const names = some.map((file) => relative(folder, file).split(sep).join('/'))
    writeFileSync(path, names.map((name) => `await import(${JSON.stringify(name)})\n`).join(''))
    return path
  })
}
