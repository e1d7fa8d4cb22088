/** Writes a text as a string of CSS, which no element of HTML ends. */
export function cssString(text: string): string {
  const escaped = text.replace(/[\\"'<\n\r\f]/g, (one) => `\\${one.codePointAt(0)!.toString(16)} `)
  return `'${escaped}'`
}
