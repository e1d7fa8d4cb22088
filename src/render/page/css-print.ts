/** The printed page: A4, its margins and what stands in them, and where it may break. */
export function printCss({ title, notice }: { readonly title: string; readonly notice: string }): string {
  const small = `font:400 8pt/1.2 'Source Sans 3',sans-serif;color:#555`
  const noticeBox =
    notice === ''
      ? ''
      : `@top-center{content:${cssString(notice)};font:600 8pt/1.2 'Source Sans 3',sans-serif;color:#7a4a00}`
  return `
@page{size:A4;margin:24mm 22.5mm 26mm;${noticeBox}@bottom-left{content:${cssString(title)};padding-left:16.5mm;width:85%;${small}}@bottom-right{content:counter(page) ' / ' counter(pages);padding-right:16.5mm;white-space:nowrap;${small}}}
@page:first{@bottom-left{content:none}@bottom-right{content:none}}
@media print{
:root{font-size:11pt;--measure:132mm;--wide:165mm}
body{padding:0;line-height:1.45;orphans:2;widows:2}
.weft-notice,.weft-fold,.data-footnote-backref{display:none}
.weft-front{break-after:page}
.weft-chapter{break-before:page;margin-top:0}
.weft-chapter>:first-child,.weft-front+.weft-chapter>:first-child{margin-top:0}
.weft-head{padding-block:26mm 12mm}
a{color:inherit;text-decoration:none}
pre{border:.5pt solid var(--line);box-decoration-break:clone;-webkit-box-decoration-break:clone;orphans:3;widows:3}
p,li,dd{orphans:2;widows:2}
li,tr,.weft-failure{break-inside:avoid}
.footnotes{break-before:avoid}
.katex-display{overflow:visible;break-inside:avoid}
.weft-scroll{overflow:visible}
thead{display:table-header-group}
td,th{padding-block:.17rem;overflow-wrap:anywhere}
.weft-figure>svg{max-height:225mm}
}
`
}

function cssString(text: string): string {
  const escaped = text.replace(
    /[\\"'<\n\r\f]/g,
    (character) => `\\${character.codePointAt(0)!.toString(16)} `,
  )
  return `'${escaped}'`
}
