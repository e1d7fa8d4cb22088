// Bundles the tool into lib/, with its types. npm's `prepare` runs it.
//   --if-stale  only if a source is newer than lib, and without writing the types anew: before a script that needs lib
//   --watch     again after each change, also without the types: `npm run dev`
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = dirname(dirname(fileURLToPath(import.meta.url)))
const lib = join(home, 'lib')
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
const entries = Object.values(manifest.exports).filter((entry) => typeof entry === 'object')
// The tarball holds no source maps: the sources that they point to are not in it either.
const isPacking = ['pack', 'publish'].includes(process.env.npm_command)

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
  const { build } = await import('esbuild')
  // Made beside and then renamed: a build that runs meanwhile sees the old tool or the new one.
  const next = `${lib}.${process.pid}`
  await build({
    absWorkingDir: home,
    entryPoints: {
      cli: 'src/cli/cli.ts',
      command: 'src/cli/command.ts',
      process: 'src/render/worker/process.ts',
      thread: 'src/render/worker/thread.ts',
      draw: 'src/render/worker/draw-process.ts',
      'types-thread': 'src/render/bundle/types/types-thread.ts',
      ...Object.fromEntries(
        entries.map((entry) => [entry.default.replace(/^\.\/lib\/(.*)\.js$/, '$1'), entry.source]),
      ),
    },
    outdir: next,
    bundle: true,
    splitting: true,
    packages: 'external',
    external: ['weft/engine'],
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: isPacking ? false : 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    define: { __WEFT_VERSION__: JSON.stringify(manifest.version) },
  })
  await makeLanguageServer(build, next)
  // What runs in a report's page, each a script by itself: for its readers, and to look at it as it is printed.
  const inPage = {
    absWorkingDir: home,
    outdir: join(next, 'client'),
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    loader: { '.css': 'text' },
    logLevel: 'warning',
  }
  await build({
    ...inPage,
    entryPoints: [
      'src/render/page/client/tools.ts',
      'src/render/page/client/charts.ts',
      'src/render/page/client/search.ts',
      'src/render/preview/client/preview.ts',
    ],
    entryNames: '[name]',
  })
  await build({ ...inPage, entryPoints: ['src/render/prove/client/audit.ts'], globalName: 'weftAudit' })
  cpSync(join(home, 'src/experiments/data/stand-in'), join(next, 'stand-in'), {
    recursive: true,
    filter: (path) => !/\.(ts|mjs)$/.test(path),
  })
  for (const name of ['numeric.csl', 'css'])
    cpSync(join(home, 'src/render/page', name), join(next, name), { recursive: true })
  if (withTypes) await makeTypes(join(next, 'types'))
  else if (existsSync(join(lib, 'types')))
    cpSync(join(lib, 'types'), join(next, 'types'), { recursive: true })
  replaceLib(next)
}

/** With the protocol of editors in it, which is CommonJS; nothing else of the tool needs that. */
async function makeLanguageServer(build, folder) {
  await build({
    absWorkingDir: home,
    entryPoints: { 'language-server': 'src/language-server/server.ts' },
    outdir: folder,
    bundle: true,
    external: Object.keys(manifest.dependencies).flatMap((name) => [name, `${name}/*`]),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: isPacking ? false : 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    define: { __WEFT_VERSION__: JSON.stringify(manifest.version) },
    banner: {
      js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
    },
  })
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
