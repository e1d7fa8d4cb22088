type Forms = { readonly [form in Intl.LDMLPluralRule]?: string } & { readonly other: string }

/** Gives what writes a count with its noun, in the form that the language has for it; `#` stands for the number. */
export function counted(lang: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(lang)
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', String(count))
}
