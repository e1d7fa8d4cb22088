/** How marks of cells and old outputs look; the colours are those of the page, light or dark. */
export const cellMarksStyle = `
.weft-awaited{border:0;opacity:.4;filter:grayscale(1)}
.weft-awaited::before{display:none}
weft-cell-state{display:block;max-width:var(--measure);margin:.6rem auto;padding:.35rem .7rem;border-left:3px solid var(--quiet);background:var(--panel);color:var(--ink);font:400 .82rem/1.5 'Source Sans 3',sans-serif;hyphens:none}
weft-cell-state[data-state=running]{border-color:var(--link)}
weft-cell-state[data-state=asks]{border-color:var(--caution)}
weft-cell-state[data-state=failed]{border-color:var(--alarm)}
weft-cell-state button{float:right;margin-left:1rem;padding:.05rem .6rem;border:1px solid currentcolor;border-radius:.25rem;background:none;color:var(--link);font:inherit;cursor:pointer}
weft-cell-state button:hover{background:var(--ground)}
weft-cell-state progress{display:block;width:100%;height:.35rem;margin-top:.25rem;accent-color:var(--link)}
weft-cell-state svg{display:block;width:100%;height:6rem;margin-top:.4rem;overflow:visible}
weft-cell-state path{fill:none;stroke:var(--link);stroke-width:1.5;vector-effect:non-scaling-stroke}
weft-cell-state[data-state=running]>span::before{content:'';display:inline-block;width:.55em;height:.55em;margin-right:.5em;border-radius:50%;background:var(--link);animation:weft-cell-runs 1.2s ease-in-out infinite}
@keyframes weft-cell-runs{50%{opacity:.25}}
@media (prefers-reduced-motion:reduce){weft-cell-state[data-state=running]>span::before{animation:none}}
`
