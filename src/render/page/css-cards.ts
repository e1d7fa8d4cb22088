/** The card that tells where a number comes from, and what shows that there is one. On a screen alone. */
export const cardsCss = `
.weft-card{display:none}
@media screen{
.weft-card:not([hidden]){position:absolute;z-index:4;display:block;width:max-content;max-width:min(27rem,calc(100vw - 1rem));max-height:min(24rem,70vh);overflow-y:auto;padding:.5rem .7rem;color:var(--ink);background:var(--ground);border:1px solid var(--line);border-radius:.25rem;box-shadow:0 .1rem .5rem rgb(0 0 0/.25);font:400 .78rem/1.4 'Source Sans 3',sans-serif;overflow-wrap:anywhere;text-align:left}
.weft-card p{margin:0 0 .3rem}
.weft-card dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .7rem;margin:0}
.weft-card dt{grid-column:1;color:var(--quiet)}
.weft-card dd{grid-column:2;margin:0}
.weft-card code{font-size:.92em}
:is(.weft-value,.weft-claim)[data-value]:hover{text-decoration:underline dotted .08em;text-underline-offset:.2em}
[data-origin]{background:var(--panel);box-shadow:0 0 0 .12em var(--panel)}
}
`
