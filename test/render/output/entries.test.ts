import assert from 'node:assert/strict'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const LIMIT_BYTES = 95_000

for (const entry of ['output', 'charts']) {
  test(`weft/${entry} should be small, and import no package`, async () => {
    const { metafile } = await build({
      entryPoints: [fileURLToPath(new URL(`../../../src/render/${entry}/index.ts`, import.meta.url))],
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      write: false,
      metafile: true,
      outfile: 'entry.js',
      logLevel: 'silent',
    })
    const [output] = Object.values(metafile.outputs)
    const external = output!.imports.map(({ path }) => path)
    assert.deepEqual(
      external.filter((path) => path !== 'node:zlib'),
      [],
    )
    assert.ok(output!.bytes < LIMIT_BYTES, `${output!.bytes} bytes`)
  })
}
