import { stack } from './families.ts'

/** Figures and tables with their captions. */
export const figuresCss = `
figure{margin-block:1.8rem;max-width:var(--wide)}
section>figure,.weft-stale>figure{max-width:var(--wide)}
figcaption{max-width:var(--measure);margin-inline:auto;font-size:.85rem;line-height:1.4;color:var(--quiet);text-wrap:pretty}
figcaption p{margin:0}
.weft-number{color:var(--ink)}
.weft-figure{break-inside:avoid;text-align:center}
.weft-figure>svg{display:block;max-width:100%;height:auto;margin-inline:auto}
.weft-figure svg text{font-family:${stack('sans')}}
.weft-figure>figcaption{margin-top:.6rem;text-align:left}
.weft-table:not(:has(tbody>tr:nth-child(25))){break-inside:avoid}
.weft-table>figcaption{margin-bottom:.5rem;break-after:avoid}
.weft-scroll{overflow-x:auto;margin-block:1.2rem}
@media screen{.weft-scroll{position:relative}}
section>.weft-scroll{max-width:var(--wide)}
.weft-table>.weft-scroll{margin-block:0}
table{border-collapse:collapse;margin-inline:auto;font-size:.85rem;line-height:1.35;font-variant-numeric:lining-nums tabular-nums;border-block:.1rem solid var(--rule)}
thead{border-block-end:.05rem solid var(--rule)}
th,td{padding:.28rem .65rem;text-align:left;vertical-align:top}
tbody tr:first-child>*{padding-block-start:.4rem}
thead tr:last-child>*{vertical-align:bottom}
:is(th,td):first-child{padding-inline-start:.2rem}
:is(th,td):last-child{padding-inline-end:.2rem}
:is(th,td):is([align=right],.align-right){text-align:right}
:is(th,td):is([align=center],.align-center){text-align:center}
table.weft-small{font-size:.72rem}
.weft-small :is(th,td){padding-inline:.3rem}
`
