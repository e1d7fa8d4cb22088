import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const home = join(here, '..', '..')
// Inside `node_modules`, so that the bundles find its packages.
const outdir = join(home, 'node_modules', '.cache', `weft-bench-${process.pid}`)
const names = ['load-worker', 'epoch-worker'] as const

/**
 * Bundles the workers as lib/ is bundled. Under tsx the measurement would include its transform of h5wasm, which takes
 * 2 s and 600 MB.
 */
export async function makeBundles(): Promise<void> {
  mkdirSync(outdir, { recursive: true })
  await build({
    absWorkingDir: home,
    entryPoints: names.map((name) => join(here, `${name}.ts`)),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
}

/** Gives the path of a worker's bundle. */
export function worker(name: (typeof names)[number]): string {
  return join(outdir, `${name}.mjs`)
}

export function removeBundles(): void {
  rmSync(outdir, { recursive: true, force: true })
}
