const names: { readonly [name: string]: string } = { amp: '&', quot: '"', lt: '<', gt: '>', apos: "'" }

/** Gives the text of an attribute that is written in HTML. */
export function attributeText(html: string): string {
  return html.replace(/&(?:#x([\da-f]+)|#(\d+)|(amp|quot|lt|gt|apos));/gi, (whole, hex, digits, name) => {
    if (name !== undefined) return names[String(name).toLowerCase()]!
    const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
