type Forms = { readonly [form in Intl.LDMLPluralRule]?: string } & { readonly other: string }

/**
 * Gives what writes a count with its noun, in the form that the language has for it; `#` stands for the number, or for
 * `written` where the number is written in another way.
 */
export function counted(lang: string, forms: Forms): (count: number, written?: string) => string {
  const rules = new Intl.PluralRules(lang)
  return (count, written = String(count)) => (forms[rules.select(count)] ?? forms.other).replace('#', written)
}
