import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { linkPackages, packTool, run, temporaryFolder } from './tool-copy.ts'

interface Manifest {
  readonly exports: { readonly [entry: string]: unknown }
  readonly dependencies: { readonly [name: string]: string }
}

// Nothing is downloaded: the packed tool gets the packages that it asks for from this project's own node_modules.
test('the package', async (t) => {
  const { tool, tarball } = await packTool(t)
  const read = (file: string) => readFileSync(join(tool, file), 'utf8')
  const project = temporaryFolder(t)
  const unpacked = await run('tar', ['-xzf', tarball], { cwd: project })
  assert.equal(unpacked.code, 0, unpacked.text)
  const manifest = JSON.parse(readFileSync(join(project, 'package/package.json'), 'utf8')) as Manifest
  mkdirSync(join(project, 'node_modules'))
  renameSync(join(project, 'package'), join(project, 'node_modules/weft'))
  linkPackages(project, [...Object.keys(manifest.dependencies), 'typescript', '@types/node'])
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')

  await t.test('should have the types that each entry reaches', () => {
    const entries = Object.values(manifest.exports) as readonly { readonly types?: string }[]
    const types = entries.flatMap((entry) => entry.types ?? [])
    assert.ok(types.length >= 8, types.join())
    for (const file of types) assert.ok(existsSync(join(tool, file)), file)
    // Below the entries, and nothing that only the tool itself uses.
    assert.match(read('lib/types/render/output/index.d.ts'), /from '\.\/[\w-]+\.js'/)
    assert.ok(existsSync(join(tool, 'lib/types/experiments/graph/engine.d.ts')))
    assert.ok(!existsSync(join(tool, 'lib/types/cli')))
  })

  await t.test('should have the JSON schema of the front matter', () => {
    const schema = read((manifest.exports as Record<string, string>)['./front-matter.schema.json']!)
    assert.ok('papersize' in (JSON.parse(schema) as { properties: object }).properties)
    const ofDiff = read((manifest.exports as Record<string, string>)['./diff.schema.json']!)
    assert.ok('chapters' in (JSON.parse(ofDiff) as { properties: object }).properties)
  })

  await t.test(
    'should have the licences of what it brings, and bring nothing whose licence forbids it',
    () => {
      const packages = [...read('lib/notices.txt').matchAll(/^--- (\S+) \S+ \((.+)\)$/gm)]
      const names = packages.map(([, name]) => name!)
      // Of the command, of pages, and a copied file.
      for (const name of ['vega', 'vega-embed', 'minisearch', 'citeproc-locales'])
        assert.ok(names.includes(name), name)
      assert.ok(!names.includes('citeproc'))
      for (const [, name, terms] of packages)
        assert.match(terms!, /MIT|ISC|BSD|Apache|Unlicense|CC0|0BSD|Python-2\.0|BlueOak/, `${name}: ${terms}`)
    },
  )

  await t.test('should pass the type check of a project that checks its libraries', async () => {
    // The others are no modules: package.json, and a program.
    const names = Object.entries(manifest.exports).flatMap(([name, target]) =>
      typeof target === 'object' ? [name] : [],
    )
    const imports = names.map((name, at) => `import * as entry${at} from 'weft${name.slice(1)}'`)
    writeFileSync(join(project, 'entries.ts'), `${imports.join('\n')}\n${uses}`)
    const tsc = join(project, 'node_modules/typescript/bin/tsc')
    const strictly = { module: 'nodenext', target: 'es2022', strict: true, skipLibCheck: false, noEmit: true }
    // With the types of Node and of browsers, and with one of them alone.
    for (const more of [{ types: ['node'] }, { types: ['node'], lib: ['es2022'] }, { types: [] }]) {
      const config = { compilerOptions: { ...strictly, ...more }, files: ['entries.ts'] }
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
      const { code, text } = await run(process.execPath, [tsc, '-p', '.'], { cwd: project })
      assert.equal(text, '', JSON.stringify(more))
      assert.equal(code, 0)
    }
  })

  await t.test('should build a report without its sources', async () => {
    writeFileSync(join(project, 'report.md'), report)
    const cli = join(project, 'node_modules/weft/lib/cli.js')
    const { code, text } = await run(process.execPath, [cli, 'build', 'report.md'], { cwd: project })
    assert.equal(code, 0, text)
    assert.doesNotMatch(text, /types-agree/)
    assert.match(readFileSync(join(project, 'dist/report.html'), 'utf8'), /The sum is <[^>]*>6</)
  })

  await t.test('should keep its types where only the program is made anew', async () => {
    const types = read('lib/types/experiments/experiment.d.ts')
    writeFileSync(join(tool, 'src/cli/console.ts'), `${read('src/cli/console.ts')}\nconsole.log('newer')\n`)
    const { code, text } = await run(process.execPath, ['src/make-lib.mjs', '--if-stale'], { cwd: tool })
    assert.equal(code, 0, text)
    assert.match(read('lib/command.js'), /newer/)
    assert.equal(read('lib/types/experiments/experiment.d.ts'), types)
  })
})

// A few uses of each kind: what they give must have its type, and no other.
const uses = `
import { table } from 'weft/output'
import { defineExperiment, overSeeds } from 'weft/experiment'
import { keras, type Model } from 'weft/keras'

export const shown = table([{ a: 1 }], { caption: 'One row.' })
export const double = defineExperiment({
  name: 'double',
  params: { parse: (value: unknown) => value as { readonly n: number } },
  run: ({ n }) => ({ twice: 2 * n }),
})
export async function means() {
  const { result } = await overSeeds(double, { n: 2 }, [1, 2])
  const mean: number = result.twice.mean
  // @ts-expect-error: there is no such number
  result.thrice
  return mean
}
export async function build(): Promise<Model> {
  const tf = await keras()
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] })
  // @ts-expect-error: it must have units
  model.add(tf.layers.dense({}))
  return model
}
export const all = [${Array.from({ length: 8 }, (_, at) => `entry${at}`).join(', ')}]
`

const report = `---
title: Packed
---

\`\`\`ts exec #sum
import { table } from 'weft/output'
import { lineChart } from 'weft/charts'
export const sum = [1, 2, 3].reduce((total, each) => total + each)
export default [table([{ sum }]), lineChart([{ x: 1, y: 2 }, { x: 2, y: 3 }], { x: { field: 'x' }, y: { field: 'y' }, alt: 'A line.' })]
\`\`\`

The sum is \`{ts} sum\`.
`
