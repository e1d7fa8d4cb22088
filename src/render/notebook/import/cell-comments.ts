import { parse } from 'yaml'

/** What the comments at the top of a cell say, and the code below them. */
export interface CommentedCell {
  readonly options: { readonly [name: string]: unknown }
  readonly code: string
  /** Why the comments could not be read. */
  readonly fault?: string
}

/** Reads comments such as `//| label: fig-a` or `#| echo: false`, which Quarto understands, at the top of a cell. */
export function readComments(source: string): CommentedCell {
  const lines = source.split('\n')
  const end = lines.findIndex((line) => !/^(?:\/\/|#|--)\|/.test(line))
  const count = end < 0 ? lines.length : end
  if (count === 0) return { options: {}, code: source }
  const code = lines.slice(count).join('\n')
  try {
    const text = lines.slice(0, count).map((line) => line.replace(/^(?:\/\/|#|--)\| ?/, ''))
    const options: unknown = parse(text.join('\n'))
    if (typeof options === 'object' && options !== null && !Array.isArray(options))
      return { options: options as CommentedCell['options'], code }
    return { options: {}, code, fault: 'expected lines such as `label: fig-a`' }
  } catch (error) {
    return { options: {}, code, fault: (error as Error).message.split('\n', 1)[0]! }
  }
}
