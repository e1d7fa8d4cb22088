import type { Expressions } from '../execute/evaluate.ts'
import { warn } from '../model/messages.ts'
import { openRest, type Rest } from '../model/rest.ts'
import type { Rule } from '../model/rules.ts'
import type { ReportTree } from '../model/types.ts'
import { lintData } from './lint-data.ts'
import { lintOrigin } from './lint-origin.ts'
import { type Linted, lintSource, type Tell } from './lint-source.ts'

/**
 * Warns under `number-has-source` and `number-has-origin` about numbers that were typed, not computed, and under
 * `data-is-typed` about columns of data files whose numbers stay text. If a report did not run completely, this lints the
 * part that did.
 */
export async function lintReport(
  tree: ReportTree,
  results: Linted & { readonly expressions: Expressions },
  rest: Rest = openRest(),
): Promise<void> {
  await lintSource(tree, results, { tell: telling('number-has-source'), rest })
  await rest()
  lintOrigin(tree, results, telling('number-has-origin'))
  await rest()
  lintData(tree, results, telling('data-is-typed'))
}

function telling(rule: Rule): Tell {
  return (file, reason, place) => void warn(file, rule, reason, place)
}
