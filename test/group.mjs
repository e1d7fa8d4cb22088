import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const most = 8

// What a test that needs a process of its own does: it changes what all tests of a process share, starts others, or
// takes long.
const alone =
  /\bprocess\.(env|chdir|exitCode|on|emit)\b|\bmock\b|globalThis|child_process|openBrowser|temporaryProject/

/**
 * Joins test files into fewer ones that load them one after the other: to start a process and load the packages takes
 * more time than most tests. A test that needs a process of its own stays alone. Node runs files in the order of their
 * names; those that take longest get the first ones, so that no processor waits at the end.
 *
 * @param {readonly string[]} files compiled tests
 * @param {string} folder where to write the joined ones, new at each call
 * @returns {string[]} the files to run
 */
export function group(files, folder) {
  const slow = files.filter((file) =>
    /[\\/](report|cli|mutation|preview|language-server)[\\/]/.test(relative(dirname(folder), file)),
  )
  const single = []
  const rooms = new Map()
  for (const file of files.filter((one) => !slow.includes(one))) {
    if (alone.test(readFileSync(file, 'utf8'))) single.push([file])
    else rooms.set(dirname(file), [...(rooms.get(dirname(file)) ?? []), file])
  }
  const joined = [...rooms.values()].flatMap((room) =>
    Array.from({ length: Math.ceil(room.length / most) }, (_, at) => room.slice(at * most, (at + 1) * most)),
  )
  return numbered([...slow.map((file) => [file]), ...joined, ...single], folder)
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
