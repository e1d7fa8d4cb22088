import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Filter } from 'h5wasm/node'
import { unusable } from './h5-error.ts'
import type { H5File } from './h5-file.ts'

/** Filters that h5wasm can undo by itself, by number. */
const ownFilters: Readonly<Record<number, string>> = {
  1: 'gzip',
  2: 'shuffle',
  3: 'fletcher32',
  5: 'nbit',
  6: 'scaleoffset',
}

/** Filters that it can undo with the plugins of the package h5wasm-plugins. */
const pluginFilters: Readonly<Record<number, string>> = {
  307: 'bzip2',
  32000: 'lzf',
  32001: 'blosc',
  32004: 'lz4',
  32008: 'bitshuffle',
  32015: 'zstd',
  32026: 'blosc2',
}

/** The names of others. */
const otherFilters: Readonly<Record<number, string>> = { 4: 'szip', 32013: 'zfp', 32019: 'jpeg' }

/** The version with which the plugins were tried. */
const pluginsVersion = '0.2.1'

/**
 * Checks that h5wasm can undo the filters of a dataset. Gives the folder of the plugins that it needs for that, which
 * it then knows, or undefined if it needs none.
 * @param installed the folder of the installed plugins
 * @throws H5Error `has-known-filters`
 */
export function checkFilters(
  { name: path, wasm }: Pick<H5File, 'name' | 'wasm'>,
  name: string,
  filters: readonly Filter[],
  installed: () => string | undefined = pluginFolder,
): string | undefined {
  const others = filters.filter(({ id }) => !(id in ownFilters))
  if (others.length === 0) return undefined
  const unknown = others.find(({ id }) => !(id in pluginFilters))
  const folder = unknown ? undefined : installed()
  if (folder === undefined) {
    const cure = unknown ? '' : `install its plugin by \`npm install h5wasm-plugins@${pluginsVersion}\`, or `
    throw unusable(path, 'has-known-filters', {
      expected: `\`${name}\` uncompressed or compressed with gzip`,
      found: `the filter ${filterName(unknown ?? others[0]!)}: ${cure}write the file anew with gzip`,
    })
  }
  if (!wasm.get_plugin_search_paths().includes(folder)) wasm.insert_plugin_search_path(folder, 0)
  return folder
}

/** Gives the folder of the plugins, if the package is installed. */
export function pluginFolder(): string | undefined {
  const { resolve } = createRequire(import.meta.url)
  try {
    return join(dirname(resolve('h5wasm-plugins')), 'plugins')
  } catch {
    return undefined
  }
}

/** Gives the name of a filter for text and messages; gzip with its level. */
export function filterName({ id, name, cd_values: [level] }: Filter): string {
  if (id === 1) return `gzip ${level}`
  const known = ownFilters[id] ?? pluginFilters[id] ?? otherFilters[id]
  return known ?? `${name ? `${name} ` : ''}(number ${id})`
}
