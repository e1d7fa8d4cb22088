import { type Rule, rules } from '../../src/render/model/rules.ts'
import { ruleExamples } from './rule-examples.ts'

/** Writes the chapter on rules: of each its claim, an example that breaks it, and the fix. */
export function ruleEntries(): string {
  return (Object.keys(rules) as Rule[]).map(entryOf).join('\n\n')
}

function entryOf(rule: Rule): string {
  const { breaks, cures, words } = ruleExamples[rule]
  return [
    `## ${rule}`,
    // Shown as code, not as a value.
    rules[rule].replace(/`(\{ts\}[^`]*)`/g, '`` `$1` ``'),
    ...(breaks === undefined ? [] : ['Breaks it:', fenced(breaks)]),
    ...(cures === undefined ? [] : ['Fixes it:', fenced(cures)]),
    words,
  ].join('\n\n')
}

function fenced(text: string): string {
  return `~~~~md\n${text.trim()}\n~~~~`
}
