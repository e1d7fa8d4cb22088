/** Registers: lists that are filled from the computed report. */
export const registersCss = `
.weft-register>table,.weft-register table{width:100%}
.weft-table.weft-register.weft-register{break-inside:auto}
.weft-table.weft-register.weft-whole{break-inside:avoid}
.weft-register :is(th,td){text-align:left;font-weight:400;overflow-wrap:break-word}
.weft-register thead th{font-weight:600}
.weft-register :is(th,td).align-right{text-align:right}
.weft-register tbody th code{overflow-wrap:normal}
.weft-register td{min-width:3rem}
.weft-register td a{overflow-wrap:anywhere}
.weft-register-short{white-space:nowrap}
.weft-register-note{font-weight:400;color:var(--quiet)}
.weft-row-group>th{padding-block:.5rem .15rem}
.weft-register tbody+tbody>.weft-row-group>th{border-block-start:.05rem solid var(--line)}
.weft-row-group,.weft-row-group+tr{break-after:avoid}
.weft-row-group>th{font-weight:600}
.weft-small-line{display:block;font-size:.94em;line-height:1.32}
.weft-quiet{color:var(--quiet)}
section>.weft-source,.weft-stale>.weft-source{max-width:var(--wide)}
.weft-source{margin-block:1.1rem}
.weft-source>summary{font-size:.85rem;cursor:pointer;break-after:avoid}
.weft-source>summary>code{font-weight:600}
.weft-source>pre{margin-block:.4rem 0;font-size:.72rem;line-height:1.35}
@media print,(min-width:40rem){.weft-register wbr{display:none}}
@media print{
.weft-source>summary{list-style:none}
.weft-source>pre{padding:1.2mm 1.6mm;font-size:6.3pt;line-height:1.2}
.weft-source>pre code{font-size:1em}
}
`
