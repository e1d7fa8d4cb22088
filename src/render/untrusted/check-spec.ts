import { Harm } from '../model/harm.ts'
import { limits } from '../model/limits.ts'
import type { Figure, Json } from '../model/types.ts'

/**
 * Throws `Harm` for a specification that asks for a file or the network, or makes rows out of nothing: all that it
 * shows must stand in it. What else it asks for is refused where it is drawn.
 */
export function checkSpec(spec: Figure['spec']): void {
  checkNode(spec as Json, 'spec')
}

function checkNode(node: Json, path: string): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    const here = `${path}.${key}`.slice(-100)
    // Rows may have members of any name.
    if (key === 'values' || key === 'datasets') continue
    if (isSource(key, value)) throw new Harm(`expected data in the specification, found \`${here}.url\``)
    if (key === 'sequence' || key === 'graticule')
      throw new Harm(`expected data in the specification, found \`${here}\``)
    if ((key === 'width' || key === 'height') && typeof value === 'number' && value > limits.sidePx)
      throw new Harm(`expected at most ${limits.sidePx} px, found \`${here}\` of ${value}`)
    checkNode(value as Json, here)
  }
}

function isSource(key: string, value: Json): boolean {
  return key === 'data' && typeof value === 'object' && value !== null && 'url' in value
}
