/**
 * Numbers in tables: columns at the decimal point, the best value, wrapping. Semibold figures are 0.016 em wider
 * than regular ones, which the best value gives back so that its point stays below the others. Type as small as
 * paper needs is for paper: a screen scrolls.
 */
export const tablesCss = `
.weft-pad::before{content:attr(data-pad);visibility:hidden}
.weft-numeric{white-space:nowrap}
.weft-best{letter-spacing:-.016em;word-spacing:.016em}
.weft-best+.sr-only{user-select:none}
table :is(td,th){overflow-wrap:break-word;hyphens:manual}
table th{text-wrap:balance}
table .weft-long{overflow-wrap:anywhere}
.weft-tight :is(th,td){padding-inline:.38rem}
table:is(.weft-tiny,.weft-least){font-size:.72rem}
:is(.weft-tiny,.weft-least) :is(th,td){padding-inline:.3rem}
@media print{
table.weft-tiny{font-size:.62rem}
.weft-tiny :is(th,td){padding-inline:.2rem}
table.weft-least{font-size:.52rem}
.weft-least :is(th,td){padding-inline:.14rem}
thead,thead tr{break-inside:avoid;break-after:avoid}
tbody tr:first-child{break-after:avoid}
tbody tr:last-child{break-before:avoid}
}
`
