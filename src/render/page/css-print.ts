/** What stands in the margins of printed pages. */
export interface Margins {
  readonly title: string
  readonly notice: string
  /** The title of each chapter, at the top of its pages. */
  readonly running: readonly string[]
}

/** The printed page: A4, its margins and what stands in them, and where it may break. */
export function printCss({ title, notice, running }: Margins): string {
  const small = `font:400 8pt/1.2 'Source Sans 3',sans-serif;color:#555`
  const noticeBox =
    notice === ''
      ? ''
      : `@top-center{content:${cssString(notice)};font:600 8pt/1.2 'Source Sans 3',sans-serif;color:#7a4a00}`
  return `
@page{size:A4;margin:24mm 22.5mm 26mm;${noticeBox}@bottom-left{content:${cssString(title)};padding-left:16.5mm;width:70%;${small}}@bottom-right{content:counter(page) ' / ' counter(pages);padding-right:16.5mm;white-space:nowrap;${small}}}
${running.map((chapter, index) => chapterPage(chapter, index + 1, small)).join('\n')}
@page:first{@top-left{content:none}@bottom-left{content:none}@bottom-right{content:none}}
@media print{
:root{font-size:11pt;--measure:132mm;--wide:165mm}
body{padding:0;line-height:1.45;orphans:2;widows:2}
.weft-notice,.weft-fold,.data-footnote-backref{display:none}
.weft-front,.weft-navigation{break-after:page}
.weft-chapter{break-before:page;margin-top:0}
.weft-chapter>:first-child,:is(.weft-front,.weft-navigation)+.weft-chapter>:first-child{margin-top:0}
.weft-head{padding-block:26mm 12mm}
a{color:inherit;text-decoration:none}
pre{border:.5pt solid var(--line);box-decoration-break:clone;-webkit-box-decoration-break:clone;orphans:3;widows:3}
p,li,dd{orphans:2;widows:2}
p:has(+.katex-display),p:has(+.weft-equation){break-after:avoid}
li,tr,.weft-failure{break-inside:avoid}
.weft-table>figcaption{break-inside:avoid;break-after:avoid}
.footnotes{break-before:avoid}
.katex-display{overflow:visible;break-inside:avoid}
.weft-scroll{overflow:visible}
thead{display:table-header-group}
td,th{padding-block:.17rem;overflow-wrap:anywhere}
.weft-figure>svg{max-height:225mm}
}
`
}

// Pages of a chapter have its name, so that their margins can hold its title.
function chapterPage(title: string, number: number, small: string): string {
  const name = `chapter-${number}`
  const box = title === '' ? '' : `@top-left{content:${cssString(title)};padding-left:16.5mm;${small}}`
  return `@page ${name}{${box}}.weft-${name}{page:${name}}`
}

function cssString(text: string): string {
  const escaped = text.replace(
    /[\\"'<\n\r\f]/g,
    (character) => `\\${character.codePointAt(0)!.toString(16)} `,
  )
  return `'${escaped}'`
}
