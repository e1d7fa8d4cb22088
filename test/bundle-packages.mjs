import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { forNode, requireBanner } from '../src/lib-builds.mjs'

/** Whether tests load `path` from a bundle: a package that the tool brings in itself, not one that it is installed with. */
export function isBundled(path, { dependencies, peerDependencies, devDependencies }) {
  const isIn = (packages) =>
    Object.keys(packages).some((name) => path === name || path.startsWith(`${name}/`))
  // pdfjs looks for its worker beside itself.
  const isApart = isIn(dependencies) || isIn(peerDependencies) || isIn({ 'pdfjs-dist': '' })
  return isIn(devDependencies) && !isApart
}

/**
 * Bundles packages into `folder`, each at the path by which it is imported; does nothing if they are there already.
 * What is not an ES module passes on what Node finds in it, since a bundle of it has no named exports.
 */
export async function bundlePackages(paths, { home, folder, manifest }) {
  const wanted = [...paths].sort()
  const lock = readFileSync(join(home, 'package-lock.json'))
  const stamp = createHash('sha256').update(lock).update(wanted.join('\n')).digest('hex')
  if (readStamp(folder) === stamp) return
  const { build } = await import('esbuild')
  const apart = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]
  rmSync(folder, { recursive: true, force: true })
  const { metafile } = await build({
    ...forNode,
    absWorkingDir: home,
    entryPoints: Object.fromEntries(wanted.map((path) => [path, path])),
    outdir: folder,
    metafile: true,
    external: [...apart, '@napi-rs/canvas', 'chromium-bidi'].flatMap((name) => [name, `${name}/*`]),
    banner: requireBanner,
    logLevel: 'error',
  })
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (!entryPoint || metafile.inputs[entryPoint].format !== 'cjs') continue
    const path = wanted.find((one) => join(folder, `${one}.js`) === join(home, file))
    if (!path) continue
    const from = JSON.stringify(path)
    writeFileSync(join(home, file), `export * from ${from}\nexport { default } from ${from}\n`)
  }
  writeFileSync(join(folder, 'stamp'), stamp)
}

function readStamp(folder) {
  try {
    return readFileSync(join(folder, 'stamp'), 'utf8')
  } catch {
    return undefined
  }
}
