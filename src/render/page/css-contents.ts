/**
 * The table of contents with the lists of figures and tables: a column of its own beside the text on a wide screen,
 * a list above it on a narrow one, and pages of their own in print, with dots up to the numbers of pages.
 */
export const contentsCss = `
.weft-navigation ol{list-style:none;margin:0;padding:0}
.weft-navigation li{margin:0}
.weft-navigation a{display:flex;align-items:last baseline;gap:.3em;text-decoration:none}
.weft-navigation a:hover .weft-entry{text-decoration:underline}
.weft-contents ol ol{padding-inline-start:1.1em}
@media screen{
.weft-navigation{max-width:var(--measure);margin:0 auto 2rem;font-size:.9rem;line-height:1.4}
.weft-navigation-title{font-size:1.03rem;margin-block:1.2rem .5rem}
.weft-navigation li{padding-block:.12rem}
.weft-leader,.weft-page{display:none}
.weft-lists>ol{max-height:11rem;overflow-y:auto}
}
@media screen and (max-width:74.99rem){.weft-contents ol ol ol{display:none}}
@media screen and (min-width:75rem){
body:has(.weft-navigation){padding-inline-start:20rem}
.weft-navigation{position:fixed;inset:0 auto 0 0;width:18.5rem;max-width:none;margin:0;padding:1.5rem 1.25rem;overflow-y:auto;border-inline-end:.06rem solid var(--line);background:var(--ground);font-size:.82rem}
.weft-navigation-title:first-child{margin-top:0}
.weft-lists>ol{max-height:none}
.weft-contents>ol>li{margin-block-end:.4rem}
}
@media print{
.weft-navigation{font-size:10pt;line-height:1.35}
.weft-navigation>nav{max-width:var(--measure);margin-inline:auto}
.weft-navigation>nav+nav{margin-top:9mm}
.weft-navigation-title{margin-block:0 3mm}
.weft-lists{font-size:9.2pt}
.weft-lists>.weft-navigation-title{font-size:1.22rem}
.weft-navigation li{margin-block:.8mm;break-inside:auto}
.weft-navigation a{break-inside:avoid}
.weft-contents>ol>li{margin-block-start:2.4mm}
.weft-contents>ol>li>a{break-after:avoid}
.weft-entry{flex:0 1 auto}
.weft-leader{flex:1 0 8mm;border-block-end:.6pt dotted #888}
.weft-page{flex:none;width:2.4em;text-align:right;font-variant-numeric:lining-nums tabular-nums}
}
`
