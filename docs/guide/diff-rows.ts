import { diffSchema, shownSchema } from '../../src/render/diff/schema.ts'

/** Lists the members of what `weft diff --json` writes, and those of a changed value or claim. */
export function diffRows(): string[][] {
  return [...rowsOf(diffSchema.shape, ''), ...rowsOf(shownSchema.shape, 'chapters[].changes[].')]
}

function rowsOf(shape: object, prefix: string): string[][] {
  return Object.entries(shape).flatMap(([name, type]) => {
    const { description } = type as { readonly description?: string }
    return description === undefined ? [] : [[`\`${prefix}${name}\``, description]]
  })
}
