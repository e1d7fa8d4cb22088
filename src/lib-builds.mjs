// The bundles that lie in lib/.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What the bundles for Node have in common. */
export const forNode = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
}

/** Gives CommonJS in a bundle its `require`. */
export const requireBanner = {
  js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
}

/**
 * Writes the bundles into `folder`; gives the paths of all files that went into them, relative to `home`.
 * @param esbuild the module `esbuild`
 * @param manifest Weft's package.json
 * @param isPacking without source maps: the tarball does not hold the sources that they point to
 */
export async function makeBundles(esbuild, { home, folder, manifest, isPacking }) {
  const inNode = {
    ...forNode,
    absWorkingDir: home,
    outdir: folder,
    sourcemap: isPacking ? false : 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
    define: { __WEFT_VERSION__: JSON.stringify(manifest.version) },
  }
  const all = [
    toolOptions(inNode, { home, manifest }),
    workerOptions(inNode, { home, manifest }),
    publicOptions(inNode, manifest),
    ...clientOptions(home, folder),
  ]
  const built = await Promise.all(all.map((options) => esbuild.build(options)))
  // What shaking has left out of the outputs is in none of them.
  const outputs = built.flatMap(({ metafile }) => Object.values(metafile.outputs))
  return [...new Set(outputs.flatMap(({ inputs }) => Object.keys(inputs)))]
}

// The command and all that it starts, with the packages in them: a start reads few files, an install brings few packages.
function toolOptions(inNode, { home, manifest }) {
  const apart = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]
  return {
    ...inNode,
    entryPoints: {
      cli: 'src/cli/cli.ts',
      command: 'src/cli/command.ts',
      probe: 'src/cli/doctor/probe-process.ts',
      'unpack-browser': 'src/cli/unpack-browser.ts',
      'check-ahead': 'src/cli/check-ahead.ts',
      draw: 'src/render/worker/draw-process.ts',
      'types-thread': 'src/render/bundle/types/types-thread.ts',
      'front-matter-schema': 'src/render/syntax/front-matter/json-schema.ts',
      'diff-schema': 'src/render/diff/schema.ts',
      'read-columns': 'src/render/bundle/types/read-columns.ts',
      'language-server': 'src/language-server/server.ts',
      remark: manifest.exports['./remark'].source,
      // What notebooks import.
      notebook: manifest.exports['./notebook'].source,
      'notebook-output': 'src/render/notebook/kernel/output.ts',
      'notebook-charts': 'src/render/notebook/kernel/charts.ts',
    },
    external: ['weft/engine', ...[...apart, ...neverLoaded].flatMap((name) => [name, `${name}/*`])],
    chunkNames: 'tool-[hash]',
    legalComments: 'none',
    plugins: [requireHere, withoutCanvas, withoutNetwork],
    define: { ...inNode.define, __WEFT_DRAWING__: JSON.stringify(drawingVersions(home)) },
    banner: requireBanner,
  }
}

// What runs a cell, each in one file: every cell that runs starts a thread, and reading twenty files takes it 20 ms.
function workerOptions(inNode, about) {
  return {
    ...toolOptions(inNode, about),
    splitting: false,
    entryPoints: { process: 'src/render/worker/process.ts', thread: 'src/render/worker/thread.ts' },
  }
}

/** Lists the packages that draw figures and measure their texts, each with its version: `vega 6.4.0`. */
function drawingVersions(home) {
  const { resolve } = createRequire(join(home, 'package.json'))
  const installed = dirname(dirname(dirname(resolve('vega'))))
  return [
    ...readdirSync(installed)
      .filter((name) => /^(vega|d3)\b/.test(name))
      .map((name) => join(installed, name)),
    dirname(resolve('@fontsource/source-sans-3/package.json')),
    dirname(dirname(resolve('fontkit'))),
  ].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return `${name} ${version}`
  })
}

// What puppeteer would load to speak another protocol, or on a command line of its own.
const neverLoaded = ['chromium-bidi', 'yargs']

// Where a source loads CommonJS late by a `require` of its own, what it loads goes into the bundle.
const requireHere = {
  name: 'require-here',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]render[\\/].*\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8')
      const own = /^ *const require = createRequire\(import\.meta\.url\)$/m
      return own.test(contents) ? { contents: contents.replace(own, ''), loader: 'ts' } : undefined
    })
  },
}

// Reading text needs none, and its package is 30 MB.
const withoutCanvas = {
  name: 'without-canvas',
  setup({ onLoad }) {
    onLoad({ filter: /pdfjs-dist.*pdf\.mjs$/ }, ({ path }) => {
      const asks = 'canvas = require("@napi-rs/canvas");'
      const contents = readFileSync(path, 'utf8')
      if (!contents.includes(asks)) throw new Error(`Cannot find \`${asks}\` in ${path}`)
      return { contents: contents.replace(asks, ''), loader: 'js' }
    })
  },
}

// What packages would load from addresses with, which nothing here does: puppeteer browsers, citation-js entries.
const network = {
  'proxy-agent': 'export class ProxyAgent {}',
  'fetch-ponyfill': 'export default () => ({ fetch, Headers })',
  'sync-fetch':
    "export default Object.assign(() => { throw new Error('Cannot load an address') }, { Headers })",
}

const withoutNetwork = {
  name: 'without-network',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(proxy-agent|fetch-ponyfill|sync-fetch)$/ }, ({ path }) => ({
      path,
      namespace: 'without-network',
    }))
    onLoad({ filter: /.*/, namespace: 'without-network' }, ({ path }) => ({ contents: network[path] }))
  },
}

// Entries that are bundled with the tool.
const ofTool = ['./remark', './notebook']

// What cells and experiments import. Apart from the tool, whose pieces are in no key of a result.
function publicOptions(inNode, manifest) {
  const entries = Object.entries(manifest.exports).filter(
    ([name, { source }]) => source && !ofTool.includes(name),
  )
  return {
    ...inNode,
    entryPoints: {
      ...Object.fromEntries(
        entries.map(([, { default: made, source }]) => [made.replace(/^\.\/lib\/(.*)\.js$/, '$1'), source]),
      ),
      // What an engine starts in a thread.
      'chain-thread': 'src/experiments/graph/engines/onnx/chain-thread.mjs',
    },
    packages: 'external',
    external: ['weft/engine'],
  }
}

// What runs in a report's page, each a script by itself: for its readers, and to look at it as it is printed.
function clientOptions(home, folder) {
  const inPage = {
    absWorkingDir: home,
    outdir: join(folder, 'client'),
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    loader: { '.css': 'text' },
    logLevel: 'warning',
  }
  return [
    {
      ...inPage,
      entryPoints: [
        'src/render/page/client/tools.ts',
        'src/render/page/client/charts.ts',
        'src/render/page/client/search.ts',
        'src/render/page/client/find.ts',
        'src/render/preview/client/preview.ts',
      ],
      entryNames: '[name]',
    },
    { ...inPage, entryPoints: ['src/render/prove/client/audit.ts'], globalName: 'weftAudit' },
    { ...inPage, entryPoints: ['src/render/print/client/floats.ts'], globalName: 'weftFloats' },
  ]
}
