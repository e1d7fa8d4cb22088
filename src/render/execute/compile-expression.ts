import type { Message } from 'esbuild'
import { transform } from 'esbuild'
import type { VFile } from 'vfile'
import { fail } from '../messages.ts'
import type { Expression } from '../types.ts'
import { placeInExpression } from './message-place.ts'

/**
 * Compiles the TypeScript of a value or claim to the body of a function that returns it.
 * Leaves `value-resolves` or `claim-holds` at the point where it is not one expression, and then gives undefined.
 */
export async function compileExpression(expression: Expression, file: VFile): Promise<string | undefined> {
  const { source, kind } = expression
  try {
    // What is whole both in brackets and in parentheses is one expression: `1); f(); (2` and `1]; f(); [2` are not.
    await transform(`void [\n${source}\n]`, { loader: 'ts' })
    const { code } = await transform(`$ = (\n${source}\n)`, { loader: 'ts' })
    return code.replace(/^\$ = /, 'return ')
  } catch (cause) {
    const [first] = (cause as { errors?: Message[] }).errors ?? []
    if (!first) throw cause
    const place = placeInExpression(first, expression, 1, String(file))
    fail(
      file,
      kind === 'claim' ? 'claim-holds' : 'value-resolves',
      `Cannot read \`${source}\`, expected one expression: ${first.text}`,
      place,
    )
    return undefined
  }
}
