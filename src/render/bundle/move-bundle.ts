import { decode, encode, type SourceMapMappings } from '@jridgewell/sourcemap-codec'
import type { Bundle } from '../model/types.ts'
import { sourceUrl } from './bundle.ts'
import { codeDigest, keepCodeDigest } from './code-digest.ts'

/**
 * Gives the bundle of a cell that stands some lines further down in its chapter (or up, if negative): the same code, with a
 * source map that is made when somebody asks for it.
 * @param file the cell's chapter, relative to the project's root
 */
export function moveBundle(bundle: Bundle, lines: number, file: string): Bundle {
  if (lines === 0) return bundle
  let moved: string | undefined
  const made = {
    ...bundle,
    get map() {
      moved ??= moveMap(bundle.map, lines, sourceUrl(file))
      return moved
    },
  }
  keepCodeDigest(made, codeDigest(bundle))
  return made
}

function moveMap(text: string, lines: number, source: string): string {
  const map = JSON.parse(text) as { readonly sources: readonly string[]; readonly mappings: string }
  const own = map.sources.indexOf(source)
  const mappings: SourceMapMappings = decode(map.mappings)
  for (const segment of mappings.flat())
    if (segment.length > 1 && segment[1] === own) segment[2] = segment[2]! + lines
  return JSON.stringify({ ...map, mappings: encode(mappings) })
}
