import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { packageName } from '../../src/render/bundle/packages.ts'

interface Manifest {
  readonly exports: { readonly [entry: string]: string | { readonly source?: string } }
  readonly dependencies: object
  readonly peerDependencies: object
}

const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest
const brought = ['weft', ...Object.keys(manifest.dependencies)]
const optional = Object.keys(manifest.peerDependencies)

// `lib-builds.mjs` bundles these two with the tool. The others keep their packages outside.
const ofTool = ['./remark', './notebook']
// Without its optional packages each of these is of no use.
const needOptional = ['./document', './keras']

test('what cells and experiments import should need only packages that come with Weft', async (t) => {
  const entries = Object.entries(manifest.exports).flatMap(([name, target]) =>
    typeof target === 'object' && target.source && !ofTool.includes(name)
      ? [[name, target.source] as const]
      : [],
  )
  assert.ok(entries.length >= 8, entries.join())
  for (const [name, source] of entries)
    await t.test(`weft${name.slice(1)}`, async () => {
      const { atOnce, later } = await packagesOf(source)
      const allowed = needOptional.includes(name) ? [...brought, ...optional] : brought
      assert.deepEqual(
        atOnce.filter((one) => !allowed.includes(one)),
        [],
        'loaded at once',
      )
      assert.deepEqual(
        later.filter((one) => !brought.includes(one) && !optional.includes(one)),
        [],
        'loaded later',
      )
    })
})

/** Lists the packages that an entry loads as soon as it is imported, and those that it loads when they are needed. */
async function packagesOf(source: string) {
  const { metafile } = await build({
    absWorkingDir: home,
    entryPoints: [source],
    outdir: 'lib',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    metafile: true,
  })
  const entry = Object.keys(metafile.outputs).find(
    (name) => metafile.outputs[name]!.entryPoint === source.slice(2),
  )!
  const [atOnce, later] = [new Set<string>(), new Set<string>()]
  const seen = new Set<string>()
  const visit = (name: string, isLate: boolean) => {
    const mark = `${name} ${isLate}`
    if (seen.has(mark)) return
    seen.add(mark)
    for (const { path, kind, external } of metafile.outputs[name]!.imports) {
      const late = isLate || kind === 'dynamic-import'
      if (!external) visit(path, late)
      else if (!path.startsWith('node:')) (late ? later : atOnce).add(packageName(path))
    }
  }
  visit(entry, false)
  return { atOnce: [...atOnce], later: [...later] }
}
