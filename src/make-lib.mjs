// Bundles the tool into lib/, with its types. npm's `prepare` runs it.
//   --if-stale  only if a source is newer than lib, and without writing the types anew: before a script that needs lib
//   --watch     again after each change, also without the types: `npm run dev`
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { setPriority } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { makeBundles } from './lib-builds.mjs'
import { writeNotices } from './write-notices.mjs'

const home = dirname(dirname(fileURLToPath(import.meta.url)))
const lib = join(home, 'lib')
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
const entries = Object.values(manifest.exports).filter((entry) => typeof entry === 'object')
// The tarball holds no source maps: the sources that they point to are not in it either.
const isPacking = ['pack', 'publish'].includes(process.env.npm_command)

// That of a build's own check of types.
const niceness = 10

// Those of src/render/page/csl-locale.ts.
const localeNames = [
  ...['ar', 'de-AT', 'de-CH', 'de-DE', 'en-GB', 'es-ES', 'fr-CA', 'fr-FR', 'it-IT', 'ja-JP', 'nl-NL'],
  ...['pl-PL', 'pt-BR', 'pt-PT', 'zh-CN', 'zh-TW'],
]

if (process.argv.includes('--watch')) {
  const { watchSources } = await import('./watch-sources.mjs')
  await watchSources(join(home, 'src'), () => make({ withTypes: false }))
} else if (!process.argv.includes('--if-stale')) await make({ withTypes: true })
else if (isStale()) await make({ withTypes: false })

function isStale() {
  const made = join(lib, 'cli.js')
  if (!existsSync(made)) return true
  const madeAt = statSync(made).mtimeMs
  const sources = readdirSync(join(home, 'src'), { recursive: true, withFileTypes: true })
  return [
    ...sources.map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
    join(home, 'package.json'),
  ].some((path) => statSync(path).mtimeMs > madeAt)
}

async function make({ withTypes }) {
  // Made beside and then renamed: a build that runs meanwhile sees the old tool or the new one.
  const next = `${lib}.${process.pid}`
  try {
    const bundled = await makeBundles(await import('esbuild'), { home, folder: next, manifest, isPacking })
    const unpacked = withTypes && !isPacking ? unpackBrowser(next) : undefined
    const copied = copyFiles(next)
    writeNotices([...bundled, ...copied], { home, folder: next })
    await writeSchemas(next)
    if (withTypes) await makeTypes(join(next, 'types'))
    else if (existsSync(join(lib, 'types')))
      cpSync(join(lib, 'types'), join(next, 'types'), { recursive: true })
    await unpacked
    replaceLib(next)
    if (withTypes && !isPacking && process.env.npm_lifecycle_event === 'prepare') checkAhead()
  } finally {
    // Of a build that failed.
    rmSync(next, { recursive: true, force: true })
  }
}

/**
 * Unpacks the bundled browser, beside the rest and in a process of its own: writing the types leaves no turns. Without it,
 * as after `npm ci --ignore-scripts`, the first build does so.
 */
async function unpackBrowser(folder) {
  const child = spawn(process.execPath, [join(folder, 'unpack-browser.js')], { stdio: 'ignore' })
  await Promise.race([once(child, 'exit'), once(child, 'error')]).catch(() => {})
}

/**
 * Checks the types of the report ahead of its first build, after this process has ended, and at the priority of a build's
 * own check, which would wait for this one. Whoever makes the tool again and again does without.
 */
function checkAhead() {
  const settings = { cwd: home, stdio: 'ignore', detached: true, windowsHide: true }
  const child = spawn(process.execPath, [join(lib, 'check-ahead.js')], settings).on('error', () => {})
  try {
    // Before it starts threads: those of Linux have priorities of their own.
    setPriority(child.pid, niceness)
    // Linux may share its processors out among sessions first, and a detached process is one by itself.
    writeFileSync(`/proc/${child.pid}/autogroup`, String(niceness))
  } catch {
    // It has ended or did not start, or this system has no such groups.
  }
  child.unref()
}

/** Copies what the bundles read from files; gives the paths of those of packages, relative to `home`. */
function copyFiles(folder) {
  cpSync(join(home, 'src/experiments/data/stand-in'), join(folder, 'stand-in'), {
    recursive: true,
    filter: (path) => !/\.(ts|mjs)$/.test(path),
  })
  for (const name of ['numeric.csl', 'css'])
    cpSync(join(home, 'src/render/page', name), join(folder, name), { recursive: true })
  const { resolve } = createRequire(import.meta.url)
  const locales = dirname(resolve('citeproc-locales/locales/locales-ar.xml'))
  for (const name of localeNames)
    cpSync(join(locales, `locales-${name}.xml`), join(folder, 'locales', `locales-${name}.xml`))
  const schema = JSON.parse(readFileSync(resolve('vega-lite/vega-lite-schema.json'), 'utf8'))
  writeFileSync(join(folder, 'vega-lite-schema.json'), JSON.stringify(schema))
  return [relative(home, locales)]
}

async function writeSchemas(folder) {
  const { frontMatterSchema } = await import(pathToFileURL(join(folder, 'front-matter-schema.js')).href)
  writeFileSync(join(folder, 'front-matter.schema.json'), `${JSON.stringify(frontMatterSchema(), null, 1)}\n`)
  const { diffJsonSchema } = await import(pathToFileURL(join(folder, 'diff-schema.js')).href)
  writeFileSync(join(folder, 'diff.schema.json'), `${JSON.stringify(diffJsonSchema(), null, 1)}\n`)
}

async function makeTypes(folder) {
  let ts
  try {
    ts = (await import('typescript')).default
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || isPacking) throw error
    console.error('weft: lib/types is not written, TypeScript is not installed (a development dependency)')
    return
  }
  const { makeTypes } = await import('./make-types.mjs')
  makeTypes(ts, { home, entries: entries.map((entry) => entry.source), folder })
}

function replaceLib(next) {
  const old = `${next}.old`
  try {
    renameSync(lib, old)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  try {
    renameSync(next, lib)
  } catch (error) {
    // Another build was faster, from the same sources.
    if (!existsSync(join(lib, 'cli.js'))) throw error
    rmSync(next, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
}
