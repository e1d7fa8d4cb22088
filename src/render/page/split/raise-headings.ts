/**
 * Sets the headings of a page one level up: where a report is one page, the headings of chapters stand below its title,
 * which is on the front page alone. Headings of the navigation, and those without an id, stay.
 */
export function raiseHeadings(html: string): string {
  const heading = /<h([2-6])((?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?)>([\s\S]*?)<\/h\1>/g
  return html.replace(heading, (whole, level: string, attributes: string, words: string) => {
    if (!/\sid=/.test(attributes) || attributes.includes('weft-navigation-title')) return whole
    const name = `h${Number(level) - 1}`
    return `<${name}${attributes}>${words}</${name}>`
  })
}
