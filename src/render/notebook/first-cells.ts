import type { FrontMatter, Report } from '../model/types.ts'
import { type Helper, quoted } from './code-text.ts'
import type { CodeCell, MarkdownCell } from './nbformat.ts'

/** Makes the cell with the title and the authors of a report. */
export function titleCell({ title, subtitle, author, date }: FrontMatter): MarkdownCell {
  const names = author.map(({ name }) => escaped(name)).join(', ')
  const lines = [
    `# ${escaped(title)}`,
    ...(subtitle === undefined ? [] : [`*${escaped(subtitle)}*`]),
    [names, date ?? ''].filter((text) => text !== '').join(' · '),
  ]
  return { kind: 'markdown', id: 'title', source: lines.filter((line) => line !== '').join('\n\n') }
}

/**
 * Makes the cell that all others need: it sets the params of a profile, and loads what they call.
 *
 * @param helpers what the other cells call
 */
export function setUpCell({ profile, front, files }: Report, helpers: ReadonlySet<Helper>): CodeCell {
  const names = ['openNotebook', ...[...helpers].sort()]
  const others = Object.keys(front.params).filter((name) => name !== profile)
  const more =
    others.length === 0 ? '' : ` Others: ${others.map(quoted).join(', ')}; WEFT_PROFILE goes before it.`
  const source = [
    `// The params of the profile ${quoted(profile)}.${more}`,
    '// What `run` computes is taken from the stored results where they have it; anything else is computed here.',
    `import { ${names.join(', ')} } from 'weft/notebook'`,
    '',
    `const { params } = await openNotebook(${quoted(files[0]!.path)}, { profile: ${quoted(profile)} })`,
  ].join('\n')
  return { kind: 'code', id: 'params', source, outputs: [] }
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#$]/g, '\\$&')
}
