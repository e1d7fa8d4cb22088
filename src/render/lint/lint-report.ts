import type { Expressions } from '../execute/evaluate.ts'
import { warn } from '../model/messages.ts'
import type { Rule } from '../model/rules.ts'
import type { ReportTree } from '../model/types.ts'
import { lintOrigin } from './lint-origin.ts'
import { type Linted, lintSource, type Tell } from './lint-source.ts'

/**
 * Warns under `number-has-source` and `number-has-origin` about numbers that were typed, not computed. If a report did
 * not run completely, this lints the part that did.
 */
export function lintReport(tree: ReportTree, results: Linted & { readonly expressions: Expressions }): void {
  lintSource(tree, results, telling('number-has-source'))
  lintOrigin(tree, results, telling('number-has-origin'))
}

function telling(rule: Rule): Tell {
  return (file, reason, place) => void warn(file, rule, reason, place)
}
