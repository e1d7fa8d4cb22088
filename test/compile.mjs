import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundlePackages, isBundled } from './bundle-packages.mjs'

const roots = ['src', 'test', 'bench', 'docs/guide']

/**
 * Writes every module of the project as JavaScript below a folder, at the same path, once for all tests: a hook that
 * compiles as modules are loaded costs each of some hundred processes a third of a second.
 *
 * @param {string} home the project's folder
 * @param {string} target the folder to write to, inside the project so that packages are found from it
 */
export async function compile(home, target) {
  const { build } = await import('esbuild')
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const packages = new Set()
  const { outputFiles } = await build({
    absWorkingDir: home,
    entryPoints: roots.flatMap((root) => modulesIn(home, root)),
    outdir: target,
    outbase: home,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    sourcesContent: false,
    treeShaking: false,
    logLevel: 'warning',
    // A module still means its source, where fixtures lie beside it.
    define: {
      __WEFT_VERSION__: JSON.stringify(manifest.version),
      ...Object.fromEntries(
        ['url', 'dirname', 'filename'].map((member) => [`import.meta.${member}`, `$meta.${member}`]),
      ),
    },
    plugins: [
      { name: 'module-by-module', setup: (plugins) => moduleByModule(plugins, home, manifest.exports) },
      {
        name: 'packages-apart',
        setup: (plugins) => packagesApart(plugins, { home, target, manifest, packages }),
      },
    ],
  })
  await bundlePackages(packages, { home, folder: join(target, 'packages'), manifest })
  for (const { path, text } of outputFiles) writeChanged(path, text)
  removeOthers(target, new Set(outputFiles.map(({ path }) => path)))
}

// What a source that is gone has left. A test that still imports it is to fail.
function removeOthers(target, written) {
  for (const root of roots) {
    for (const file of readdirSync(join(target, root), { recursive: true })) {
      const path = join(target, root, file)
      if (path.endsWith('.js') && !written.has(path)) rmSync(path, { force: true })
    }
  }
}

// Each import of a package becomes one of its bundle, from which a process loads it in half the time.
function packagesApart({ onResolve }, { home, target, manifest, packages }) {
  onResolve({ filter: /^[@a-z]/ }, ({ path, importer, kind }) => {
    if (kind === 'entry-point' || kind === 'require-resolve' || !isBundled(path, manifest)) return undefined
    packages.add(path)
    const compiled = join(target, relative(home, dirname(importer)))
    const from = relative(compiled, join(target, 'packages', `${path}.js`))
    return { path: from.split(sep).join('/'), external: true }
  })
}

function modulesIn(home, root) {
  return readdirSync(join(home, root), { recursive: true })
    .map((file) => join(root, file).split(sep).join('/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith('test/fixtures/'))
}

function moduleByModule({ onResolve, onLoad }, home, exports) {
  onResolve({ filter: /^(\.|#experiments\/|weft\/)/ }, ({ path, importer, kind }) => {
    if (kind === 'entry-point') return undefined
    const source = sourceOf(path, importer, home, exports)
    const from = relative(dirname(importer), source).split(sep).join('/').replace(/\.ts$/, '.js')
    return { path: from.startsWith('.') ? from : `./${from}`, external: true }
  })
  onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8')
    if (!text.includes('import.meta')) return undefined
    const meta = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path }
    return { contents: `const $meta = ${JSON.stringify(meta)}; ${text}`, loader: 'ts' }
  })
}

function sourceOf(path, importer, home, exports) {
  if (path.startsWith('.')) return join(dirname(importer), path)
  if (path.startsWith('#')) return join(home, 'src/experiments', `${path.slice('#experiments/'.length)}.ts`)
  return join(home, exports[path.replace('weft', '.')].source)
}

// Whole at once, since another run of tests may be loading it.
function writeChanged(path, text) {
  try {
    if (readFileSync(path, 'utf8') === text) return
  } catch {
    mkdirSync(dirname(path), { recursive: true })
  }
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, text)
  renameSync(temporary, path)
}
