import { type Message, transform } from 'esbuild'
import type { VFile } from 'vfile'
import { fail } from '../model/messages.ts'
import type { Expression } from '../model/types.ts'
import { placeInExpression } from './point-source.ts'

/**
 * Compiles the TypeScript of a value or claim to the body of a function that returns it. If it is not one expression,
 * reports `value-resolves` or `claim-holds` at the fault and gives undefined.
 */
export async function compileExpression(
  expression: Expression,
  file: VFile,
  bodies: CompiledBodies = new Map(),
): Promise<string | undefined> {
  const { source, kind } = expression
  try {
    return await rememberedBody(source, bodies)
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

/** Source of an expression -> its compiled body. A session compiles each source once. */
export type CompiledBodies = Map<string, Promise<string>>

function rememberedBody(source: string, bodies: CompiledBodies): Promise<string> {
  const known = bodies.get(source)
  if (known) return known
  const body = compiledBody(source)
  bodies.set(source, body)
  return body
}

/** Compiles an expression to the body of a function that returns it; rejects with esbuild's errors if it is not one. */
export async function compiledBody(source: string): Promise<string> {
  // Text that is valid both in parentheses and in a template is one expression: `1); f(); (2` and `1}${2` are not.
  const { code } = await transform(`$weft_value = (\n${source}\n)`, { loader: 'ts', logLevel: 'silent' })
  await transform(`void \`\${\n${source}\n}\``, { loader: 'ts', logLevel: 'silent' })
  // `return` directly before the expression would fail if a comment with a line break comes first.
  return `let $weft_value; ${code}\nreturn $weft_value`
}
