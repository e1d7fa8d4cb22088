import { posix } from 'node:path'
import type { Cell } from '../model/types.ts'
import { replaceInCode } from './in-code.ts'

interface CodeOptions {
  /** Earlier exports that the cell uses, by the label of their cell. */
  readonly uses: ReadonlyMap<string, readonly string[]>
  /** The name of the constant that holds what the cell shows. */
  readonly shown: string
  /** Whether later cells must not see its names. */
  readonly isApart?: boolean
}

/** The functions of `weft/notebook` that the code of a cell calls. */
export type Helper = (typeof helperNames)[number]

export const helperNames = ['show', 'importFile', 'sourceOf'] as const

interface CodeText {
  readonly text: string
  readonly helpers: ReadonlySet<Helper>
}

/**
 * Writes a cell as a notebook runs it. All cells of a notebook share their names, so what earlier cells export needs no
 * import: a comment says where it is from. Imports of files name them from the project's folder, and what the
 * cell shows is shown by `show`, which a kernel is sure to have delivered before the cell ends.
 */
export function codeText(cell: Cell, { uses, shown, isApart = false }: CodeOptions): CodeText {
  const helpers = new Set<Helper>()
  const { source, isShowing: isGiven } = importsOf(cell.source, shown)
  const withFiles = replaceInCode(
    source,
    fileImport,
    ([whole, type, clause, _quote, path, attributes = '']) => {
      if (type) return whole!
      helpers.add('importFile')
      return importOf(clause, posix.join(posix.dirname(cell.file), path!), attributes)
    },
  )
  const withMeta = replaceInCode(withFiles, /\bimport\.meta\b/g, () => {
    helpers.add('sourceOf')
    return `sourceOf(${quoted(cell.file)})`
  })
  const code = withRenamed(withMeta, shown).trimEnd()
  const isShowing = isGiven || code !== withRenamed(withMeta, '').trimEnd()
  if (isShowing) helpers.add('show')
  const whole = isShowing ? `${code}\n\nawait show(${shown}, ${quoted(cell.label)})` : code
  return { text: `${origins(uses)}${documentOf(code)}${isApart ? inBlock(whole) : whole}`, helpers }
}

// Writes `export { a } from './b.ts'` as an import: later cells see the name then too.
function importsOf(code: string, shown: string): { readonly source: string; readonly isShowing: boolean } {
  let isShowing = false
  const source = replaceInCode(code, /^export\s*(\{[^}]*\})\s*from\b/gm, ([, list]) => {
    const named = list!.replace(/(\bas\s+)?\bdefault\b(?!\s+as\b)/g, (_whole, as) => {
      isShowing = true
      return as ? `as ${shown}` : `default as ${shown}`
    })
    return `import ${named} from`
  })
  return { source, isShowing }
}

// A kernel knows `export const`, but no name that is given in an export.
function withRenamed(code: string, shown: string): string {
  const listed = replaceInCode(code, /^export\s*\{([^}]*)\}[ \t]*;?/gm, ([, list]) =>
    list!
      .split(',')
      .map((one) => /^\s*(\S+)\s+as\s+(\S+)\s*$/.exec(one))
      .flatMap((match) => (match ? [`const ${match[2] === 'default' ? shown : match[2]} = ${match[1]}`] : []))
      .join('\n'),
  )
  return replaceInCode(listed, /^export default /gm, () => `const ${shown} = `)
}

function inBlock(code: string): string {
  const imports: string[] = []
  const rest = replaceInCode(code, statement, ([whole]) => {
    imports.push(whole!)
    return ''
  }).replace(/^\n+/, '')
  return [...imports, '{', rest, '}'].join('\n')
}

const statement = /^import\s(?:[^'"`;]*\sfrom\s+)?(['"])[^'"\n]*\1.*$/gm

const fileImport =
  /^import\s+(type\s+)?(?:([\w$*{}\s,]+?)\s+from\s+)?(['"])(\.{1,2}\/[^'"\n]*)\3(?:\s+with\s*(\{[^}]*\}))?;?/gm

function importOf(clause: string | undefined, path: string, attributes: string): string {
  const call = `await importFile(${[quoted(path), attributes].filter((one) => one !== '').join(', ')})`
  if (clause === undefined) return call
  const [, whole] = /^\*\s+as\s+([\w$]+)$/.exec(clause) ?? []
  if (whole !== undefined) return `const ${whole} = ${call}`
  const [, first, named = ''] = /^([\w$]+)?\s*,?\s*(?:\{([^}]*)\})?$/s.exec(clause) ?? []
  const names = [
    ...(first === undefined ? [] : [`default: ${first}`]),
    ...named
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => name.replace(/\s+as\s+/, ': ')),
  ]
  return `const { ${names.join(', ')} } = ${call}`
}

function origins(uses: CodeOptions['uses']): string {
  if (uses.size === 0) return ''
  const parts = [...uses].map(([label, names]) => `${names.join(', ')} (#${label})`)
  return `// From earlier cells: ${parts.join(', ')}\n`
}

// Plot draws into the document of its page, which a build gives to a cell that imports it.
function documentOf(code: string): string {
  return /from ['"]@observablehq\/plot['"]/.test(code) ? "import 'weft/document'\n" : ''
}

/** Writes a text as TypeScript does, in single quotes. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
