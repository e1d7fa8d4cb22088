import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { weftHome } from './home.ts'

/** What a report may need beside Weft itself, by the name that `weft add` knows, with its packages. */
export const features = {
  training: [
    'onnxruntime-node',
    '@tensorflow/tfjs-core',
    '@tensorflow/tfjs-layers',
    '@tensorflow/tfjs-backend-wasm',
    'h5wasm',
  ],
  types: ['typescript'],
  plot: ['@observablehq/plot', 'linkedom'],
  mermaid: ['mermaid'],
  parquet: ['hyparquet', 'hyparquet-compressors'],
  arrow: ['apache-arrow'],
  sqlite: ['node-sqlite3-wasm'],
  'h5-filters': ['h5wasm-plugins'],
} as const satisfies { readonly [feature: string]: readonly string[] }

export type Feature = keyof typeof features

/** Gives the command that installs a package: `npx weft add training` for one of a feature, else npm's own. */
export function commandToInstall(name: string): string {
  const feature = (Object.keys(features) as Feature[]).find((one) =>
    (features[one] as readonly string[]).includes(name),
  )
  return feature === undefined ? `npm install ${name}` : `npx weft add ${feature}`
}

/** Lists the packages of a feature with the versions that this Weft is tested with: `onnxruntime-node@1.30.0`. */
export function packagesOf(feature: Feature): readonly string[] {
  const { peerDependencies, devDependencies = {} } = JSON.parse(
    readFileSync(join(weftHome(), 'package.json'), 'utf8'),
  ) as Record<'peerDependencies' | 'devDependencies', { readonly [name: string]: string }>
  // A peer that may have several versions is installed in the one that the tests use.
  const version = (name: string) =>
    /^\d/.test(peerDependencies[name]!) ? peerDependencies[name] : devDependencies[name]
  return features[feature].map((name) => `${name}@${version(name)}`)
}

/** Gives the message of an error; of one about a package that is not installed, with the command that installs it. */
export function messageOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const [, name] = /^Cannot find package '((?:@[^/']+\/)?[^/']+)/.exec(message) ?? []
  return code === 'ERR_MODULE_NOT_FOUND' && name !== undefined
    ? `Cannot find the package \`${name}\`, expected it installed: ${commandToInstall(name)}`
    : message
}
