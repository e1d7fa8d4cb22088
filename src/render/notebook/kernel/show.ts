import { outputId } from '../../model/output-types.ts'
import { fromLibraries } from '../../output/from-libraries.ts'
import { toOutputs } from '../../output/to-outputs.ts'
import { bundleOf } from '../output-bundle.ts'
import { notebookHere } from './notebook-here.ts'
import { ownLanguage } from './own-language.ts'

/**
 * Shows what a cell of a report shows: figures, tables, prose, numbers, or a list of them. Resolves when the kernel has
 * sent them. Throws for what a report cannot show.
 *
 * @param label the cell's
 */
export async function show(value: unknown, label = 'shown'): Promise<void> {
  const { display } = notebookHere()
  const lang = ownLanguage()
  for (const [index, output] of toOutputs(await fromLibraries(withoutMethod(value))).entries())
    await display.show(await bundleOf(output, { id: outputId(label, index), lang }))
  await display.settle()
}

// Outputs of Weft show themselves as values of libraries do, but they are known as what they are.
function withoutMethod(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMethod)
  return typeof Object(value).kind === 'string' ? { ...(value as object) } : value
}
