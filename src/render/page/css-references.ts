/** Numbered equations, listings, citations and the list of references. */
export const referencesCss = `
.weft-section-number{margin-inline-end:.35em;font-variant-numeric:lining-nums tabular-nums}
section>.weft-equation{margin-inline:auto}
.weft-equation .katex-display>.katex>.katex-html{display:grid;grid-template-columns:minmax(0,1fr) auto minmax(max-content,1fr);align-items:center}
.weft-formula{grid-column:2;overflow:auto hidden;text-align:center}
.weft-formula>.base{margin-block:.2em}
.weft-equation .katex-display>.katex>.katex-html>.tag{grid-column:3;position:static;padding-inline-start:1em;text-align:right}
.weft-listing{max-width:var(--measure);margin-block:1.4rem}
section>.weft-listing{max-width:var(--measure)}
.weft-listing>figcaption{margin-bottom:.4rem;break-after:avoid}
.weft-listing>pre{margin-block:0}
section>div:has(>.weft-references){max-width:var(--measure);margin-inline:auto}
.weft-references{margin-block:1rem;padding:0;list-style:none;font-size:.92rem;line-height:1.45}
.weft-references>li{display:flex;gap:.6em;margin-block:0 .55rem;break-inside:avoid}
.weft-entry-label{flex:none;min-width:2.2em;text-align:right;font-variant-numeric:lining-nums tabular-nums}
.weft-entry{flex:1;min-width:0;overflow-wrap:anywhere}
.weft-entry:only-child{padding-inline-start:1.6em;text-indent:-1.6em}
:is(.weft-equation,.weft-listing,.weft-figure,.weft-table,.weft-references>li):target{scroll-margin-top:4rem}
@media print{.weft-equation{break-inside:avoid}.weft-formula{overflow:visible}}
`
