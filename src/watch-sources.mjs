// What `npm run dev` does: makes lib again after each change of a source.
import { readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

// A save is often several events: an editor writes beside the file and renames.
const quietMs = 50

/**
 * Runs `make` now and after each change below `folder`, one at a time, and prints a line each time. If `make` fails,
 * as it does on a syntax error, the line says so and watching goes on. It never ends by itself.
 */
export async function watchSources(folder, make) {
  const watchers = new Map()
  let timer
  let isMaking = false
  let isChanged = true

  const onChange = () => {
    isChanged = true
    clearTimeout(timer)
    timer = setTimeout(makeAgain, quietMs)
  }
  const makeAgain = async () => {
    if (isMaking) return
    isMaking = true
    while (isChanged) {
      isChanged = false
      // Before the sources are read: no change is missed, and new folders are watched.
      watchFolders(folder, watchers, onChange)
      await makeOnce(make)
    }
    isMaking = false
  }
  await makeAgain()
}

async function makeOnce(make) {
  const startedAt = performance.now()
  const result = await make().then(
    () => 'rebuilt',
    // esbuild has printed its messages; other errors have none yet.
    (error) => {
      if (!Array.isArray(error.errors)) console.error(error)
      return 'not rebuilt, the last good one stays'
    },
  )
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2)
  console.log(`${new Date().toLocaleTimeString('en-GB')}  lib ${result}, ${seconds} s`)
}

// Folder by folder: Node's recursive watching loses files on Linux that an editor replaces.
function watchFolders(top, watchers, onChange) {
  const inside = readdirSync(top, { recursive: true, withFileTypes: true })
  const folders = inside
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  for (const folder of [top, ...folders]) {
    if (watchers.has(folder)) continue
    const forget = () => {
      watchers.get(folder)?.close()
      watchers.delete(folder)
    }
    const watcher = watch(folder, (_, name) => {
      if (!isOfEditor(name)) onChange()
    })
    watchers.set(folder, watcher.on('error', forget))
  }
  for (const folder of watchers.keys())
    if (folder !== top && !folders.includes(folder)) {
      watchers.get(folder).close()
      watchers.delete(folder)
    }
}

/** Says whether a file is one that an editor keeps beside the one it edits. */
function isOfEditor(name) {
  return name !== null && /^\.|~$|^4913$/.test(name)
}
