import type { Expressions } from '../execute/evaluate.ts'
import { fail, warn } from '../model/messages.ts'
import type { Rule } from '../model/rules.ts'
import type { ReportTree } from '../model/types.ts'
import { lintOrigin } from './lint-origin.ts'
import { type Linted, lintSource, type Tell } from './lint-source.ts'

/**
 * Reports `number-has-source` and `number-has-origin` on a report's files: numbers that were typed, not computed.
 * They are warnings, or errors in a strict build. If a report did not run completely, this lints the part that did.
 */
export function lintReport(
  tree: ReportTree,
  results: Linted & { readonly expressions: Expressions },
  { isStrict }: { readonly isStrict: boolean },
): void {
  lintSource(tree, results, telling('number-has-source', isStrict))
  lintOrigin(tree, results, telling('number-has-origin', isStrict))
}

function telling(rule: Rule, isStrict: boolean): Tell {
  return (file, reason, place) => {
    if (isStrict) fail(file, rule, reason, place)
    else warn(file, rule, reason, place)
  }
}
