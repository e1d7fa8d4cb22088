import { wanted } from '../../src/render/syntax/front-matter/explain.ts'
import { schema } from '../../src/render/syntax/front-matter/schema.ts'

/** Lists the members of the front matter, with what the program itself says of them. */
export function frontMatterRows(): string[][] {
  return Object.entries(schema.shape).map(([member, type]) => [
    `\`${member}\``,
    numbersAsCode((type as { readonly description?: string }).description ?? ''),
    numbersAsCode(wanted[member as keyof typeof wanted]),
  ])
}

// They are settings, not results.
function numbersAsCode(text: string): string {
  const parts = text.split(/(`[^`]*`)/)
  return parts
    .map((part, index) => (index % 2 === 0 ? part.replace(/\b\d[\w.-]*\b/g, '`$&`') : part))
    .join('')
}
