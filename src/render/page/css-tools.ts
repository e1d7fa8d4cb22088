/** What a figure, a table or a code block offers on a screen: buttons, data, the way to its cell. */
export const toolsCss = `
.weft-skip{position:absolute;inset:-10rem auto auto .5rem;z-index:5;padding:.4rem .8rem;color:var(--ink);background:var(--ground);border:1px solid var(--line);font-size:.9rem}
.weft-skip:focus{inset-block-start:.5rem}
.weft-drawing{overflow-x:auto;background:#fff;border-radius:.25rem}
.weft-drawing>svg,.weft-live svg{display:block;max-width:none;height:auto;margin-inline:auto}
.weft-drawing>svg{min-width:max-content}
.weft-live{position:relative;margin-inline:auto;overflow:visible}
.weft-live svg text{user-select:none;-webkit-user-select:none}
.weft-live .role-legend-symbol,.weft-live .role-legend-label{cursor:pointer}
@media screen{
:root{scroll-padding-top:3.5rem}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
main:focus{outline:none}
.weft-given{text-decoration:underline dotted var(--quiet);cursor:help}
:root main a:not(nav a){text-decoration-line:underline}
.weft-figure>.weft-drawing{width:fit-content;max-width:calc(100% + 1rem);padding:.5rem;margin:-.5rem auto 0}
.weft-figure:has(+.weft-tools),.weft-table:has(+.weft-tools){margin-block-end:.4rem}
.weft-tools{position:relative;max-width:var(--measure);margin:0 auto 1.8rem;font-size:.78rem;line-height:1.5;min-height:1.6rem}
.weft-links{position:absolute;inset:0 0 auto auto;display:flex;align-items:center;gap:.35rem .6rem}
.weft-data>summary{width:max-content;max-width:calc(100% - 14rem);color:var(--quiet);cursor:pointer}
.weft-rows{max-height:20rem;margin-block:.5rem;overflow:auto;border:1px solid var(--line)}
.weft-rows table{border:0;margin:0;font-size:inherit}
.weft-rows thead{position:sticky;top:0;background:var(--panel)}
.weft-rows th{font-weight:400;color:var(--quiet)}
.weft-rows :is(th,td){padding:.15rem .6rem}
.weft-data p{margin-block:.3rem;color:var(--quiet)}
.weft-button{min-width:1.6rem;min-height:1.6rem;padding:.05rem .5rem;color:var(--ink);background:var(--ground);border:1px solid var(--line);border-radius:.25rem;font-size:.78rem;line-height:1.4;cursor:pointer}
.weft-button:hover:enabled{background:var(--panel)}
.weft-button:disabled{color:var(--quiet);cursor:default}
.weft-button[aria-pressed=true]{border-color:var(--ink)}
.weft-series{position:absolute;inset:1.8rem 0 auto auto;z-index:2;display:flex;flex-wrap:wrap;gap:.35rem;padding:.4rem;background:var(--ground);border:1px solid var(--line)}
.weft-series:not(:focus-within){clip-path:inset(50%);width:1px;height:1px;padding:0;overflow:hidden;border:0}
pre{position:relative}
.weft-copy{position:absolute;inset:.35rem .35rem auto auto;opacity:0}
pre:hover>.weft-copy,.weft-copy:focus-visible{opacity:1}
.weft-bar{position:absolute;inset:.6rem .8rem auto auto;z-index:2;display:flex;gap:.4rem}
.weft-notice+.weft-bar,.weft-bar:has(+.weft-notice){inset-block-start:3.4rem}
.weft-contents [aria-current]{color:var(--ink);font-weight:600}
.weft-contents-toggle{display:none}
#vg-tooltip-element{position:fixed;z-index:4;visibility:hidden;max-width:22rem;padding:.4rem .6rem;color:var(--ink);background:var(--ground);border:1px solid var(--line);border-radius:.25rem;box-shadow:0 .1rem .5rem rgb(0 0 0/.2);font:400 .78rem/1.35 'Source Sans 3',sans-serif;pointer-events:none}
#vg-tooltip-element.visible{visibility:visible}
#vg-tooltip-element table{margin:0;border:0;font-size:inherit}
#vg-tooltip-element td{padding:.05rem 0}
#vg-tooltip-element td:first-child{padding-inline-end:.7rem;color:var(--quiet)}
}
@media (hover:none){.weft-copy{opacity:1}}
@media screen and (max-width:74.99rem){
.weft-contents-toggle{position:fixed;inset:auto .8rem .8rem auto;z-index:3;display:block;padding:.35rem .8rem;font-size:.85rem;box-shadow:0 .1rem .4rem rgb(0 0 0/.25)}
[data-open]:is(.weft-navigation,nav.weft-contents){position:fixed;inset:0;z-index:2;max-width:none;margin:0;padding:1.5rem 1.25rem 5rem;overflow-y:auto;background:var(--ground)}
}
@media screen and (max-width:44rem){
.weft-figure>.weft-drawing{width:auto;max-width:none;margin-inline:-.5rem}
}
@media screen and (max-width:40rem){
.weft-links{position:static;flex-wrap:wrap;margin-block-start:.3rem}
.weft-data>summary{max-width:none}
.weft-links a,.weft-data>summary{padding-block:.25rem}
}
@media (prefers-reduced-motion:no-preference){.weft-copy{transition:opacity .15s}}
@media print{.weft-bar,.weft-tools,.weft-skip,.weft-copy,.weft-contents-toggle,#vg-tooltip-element{display:none}.weft-drawing{overflow:visible}}
`
