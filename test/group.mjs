import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

const most = 8

// What a test that needs a process of its own does: it changes what all tests of a process share, starts others, or
// takes long.
const alone =
  /\bprocess\.(env|chdir|exitCode|on|emit)\b|\bmock\b|globalThis|child_process|openBrowser|temporaryProject/

/**
 * Joins test files into fewer ones that load them one after the other: to start a process and load the packages takes
 * more time than most tests. A test that needs a process of its own stays as it is.
 *
 * @param {readonly string[]} files compiled tests
 * @param {string} folder where to write the joined ones, new at each call
 * @returns {string[]} the files to run
 */
export function group(files, folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const rooms = new Map()
  const single = []
  for (const file of files) {
    if (alone.test(readFileSync(file, 'utf8'))) single.push(file)
    else rooms.set(dirname(file), [...(rooms.get(dirname(file)) ?? []), file])
  }
  const joined = []
  for (const some of rooms.values())
    for (let start = 0; start < some.length; start += most) {
      const path = join(folder, `${joined.length}.test.js`)
      const names = some.slice(start, start + most).map((file) => relative(folder, file).split(sep).join('/'))
      writeFileSync(path, names.map((name) => `await import(${JSON.stringify(name)})\n`).join(''))
      joined.push(path)
    }
  return [...single, ...joined]
}
