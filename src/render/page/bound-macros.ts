import { limits } from '../model/limits.ts'

/** The part of KaTeX's macro expander that we watch; KaTeX counts expansions, but not how many tokens each makes. */
interface Expander {
  _getExpansion(name: string): Expansion | null | undefined
  consumeArgs(count: number, delimiters?: unknown): readonly (readonly unknown[])[]
}

interface Expansion {
  readonly tokens: readonly { readonly text: string }[]
}

/** What macros may still make of the formulas of one report. */
export interface MacroBudget {
  tokens: number
}

/** Opens the budget of one build. */
export function openMacroBudget(): MacroBudget {
  return { tokens: limits.reportTokens }
}

/**
 * Gives the option `macros` of KaTeX for one formula. It defines no macro, but makes KaTeX throw before macros grow
 * the formula beyond `limits.formulaTokens`, or those of all formulas beyond the budget. As many as it has characters,
 * and those that KaTeX's own commands make of a short formula, are free.
 */
export function boundMacros(tex: string, budget: MacroBudget): Record<string, string> {
  const free = tex.length + limits.freeTokens
  let made = 0
  const count = (tokens: number) => {
    const before = Math.max(0, made - free)
    made += tokens
    if (made > limits.formulaTokens)
      throw new Error(`expected macros that make at most ${limits.formulaTokens} tokens, found more`)
    const extra = Math.max(0, made - free) - before
    budget.tokens -= extra
    if (extra > 0 && budget.tokens < 0)
      throw new Error(
        `expected formulas whose macros make at most ${limits.reportTokens} tokens in a report, found more`,
      )
  }
  return firstLookup((expander) => watch(expander, count))
}

// KaTeX hands its expander only to a macro that is a function: the first name that it looks up is such a macro.
function firstLookup(install: (expander: Expander) => void): Record<string, string> {
  let isInstalled = false
  const macro = (name: string) => (expander: Expander) => {
    isInstalled = true
    install(expander)
    return expander._getExpansion(name)
  }
  const isOurs = (name: string | symbol) => !isInstalled && typeof name === 'string'
  return new Proxy<Record<string, string>>(
    {},
    {
      get(target, name, receiver) {
        if (isOurs(name) && !(name in Object.prototype)) return macro(String(name))
        return Reflect.get(target, name, receiver)
      },
      getOwnPropertyDescriptor(target, name) {
        if (isOurs(name)) return { value: macro(String(name)), configurable: true }
        return Reflect.getOwnPropertyDescriptor(target, name)
      },
    },
  )
}

// Counts before KaTeX puts the arguments into the body of a macro: one expansion of a short formula may be huge.
function watch(expander: Expander, count: (tokens: number) => void): void {
  const expansionOf = expander._getExpansion.bind(expander)
  const argsOf = expander.consumeArgs.bind(expander)
  let current: Expansion | null | undefined
  expander._getExpansion = (name) => {
    current = undefined
    current = expansionOf(name)
    return current
  }
  expander.consumeArgs = (number, delimiters) => {
    const body = current?.tokens ?? []
    current = undefined
    const args = argsOf(number, delimiters)
    // The tokens of a body are in reverse order: `1 #` stands for `#1`.
    const pasted = body.map(({ text }, index) =>
      body[index + 1]?.text === '#' && /^[1-9]$/.test(text) ? (args[Number(text) - 1]?.length ?? 0) : 0,
    )
    count(pasted.reduce((sum, length) => sum + length, body.length))
    return args
  }
}
