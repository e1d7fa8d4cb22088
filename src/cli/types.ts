import { checkTypes } from '../render/bundle/types/check-types.ts'
import { hasErrors } from '../render/model/messages.ts'
import { plural } from '../render/output/format.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport } from './open-report.ts'

/** Checks the types of a report, and gives the exit status: 1 if there is an error. Runs nothing. */
export async function runTypes({ report }: Arguments, console: Console): Promise<number> {
  const startedAt = performance.now()
  const session = openReport(report)
  try {
    const { tree } = session.read()
    const others = await checkTypes(tree)
    const files = [...tree.report.files, ...others]
    console.messages(files)
    const cells = plural(tree.cells.length, 'cell')
    const expressions = plural(tree.expressions.length, 'value or claim', 'values and claims')
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    process.stdout.write(`  typed      ${cells}, ${expressions}  ${seconds} s\n`)
    return hasErrors(files) ? 1 : 0
  } finally {
    await session.close()
  }
}
