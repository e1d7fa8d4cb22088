import { italic, semibold, settings, stack } from './families.ts'

/** Text: families, measure, leading, headings, links, lists. */
export const baseCss = `
:root{--measure:34rem;--wide:42rem;font-size:112.5%}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;padding:0 1.25rem 5rem;color:var(--ink);background:var(--ground);font:400 1rem/1.55 ${stack('text')};font-kerning:normal;font-variant-numeric:lining-nums;font-synthesis:none;hyphens:manual;overflow-wrap:break-word}
${selectors(settings.sans)}{font-family:${stack('sans')}}
${selectors(settings.code)}{font-family:${stack('code')};font-variant-ligatures:none}
${selectors(semibold)}{font-weight:600}
${selectors(italic)}{font-style:italic}
section>*,.weft-stale>*{max-width:var(--measure);margin-inline:auto}
section>section{max-width:none}
p,ul,ol,dl,blockquote{margin-block:0 .85rem}
h1,h2,h3,h4,h5,h6{line-height:1.2;margin-block:2.2rem .7rem;text-wrap:balance;break-after:avoid;break-inside:avoid}
h1{font-size:2rem}
h2{font-size:1.6rem}
h3{font-size:1.22rem}
h4{font-size:1.03rem}
h5,h6{font-size:.92rem}
h6{color:var(--quiet)}
.weft-head{padding-block:4.5rem 2rem;text-align:left}
.weft-title{margin-block:0 .5rem}
.weft-word{white-space:nowrap}
.weft-subtitle{font-size:1.2rem;line-height:1.35;color:var(--quiet)}
.weft-author,.weft-date{margin-block:0;font-size:.95rem}
.weft-date{color:var(--quiet)}
.weft-chapter{margin-top:4rem}
a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.15em}
.weft-reference{text-decoration:none;white-space:nowrap}
.weft-reference:hover{text-decoration:underline}
ul,ol{padding-inline-start:1.5rem}
li{margin-block:.2rem}
li>p{margin-block:0 .45rem}
li>ul,li>ol{margin-block:.2rem}
.contains-task-list{list-style:none;padding-inline-start:.3rem}
dd{margin-inline-start:1.5rem}
img{max-width:100%;height:auto}
sup,sub{font-size:.72em;line-height:0}
@media (max-width:30rem){:root{font-size:100%}.weft-head{padding-block:2.5rem 1rem}h1{font-size:1.6rem}h2{font-size:1.35rem}}
`

function selectors(list: readonly string[]): string {
  return `:where(${list.join(',')})`
}
