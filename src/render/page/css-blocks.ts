/** What stands between paragraphs: quotes, rules, footnotes, formulas, notices and messages. */
export const blocksCss = `
blockquote{padding-inline-start:1rem;border-inline-start:.2rem solid var(--line);color:var(--quiet)}
hr{width:6rem;margin-block:2rem;border:0;border-top:1px solid var(--line)}
.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
section>.footnotes{max-width:var(--measure);margin-inline:auto;margin-top:2.2rem;font-size:.85rem;line-height:1.45}
.footnotes::before{content:'';display:block;width:6rem;margin-bottom:.7rem;border-top:1px solid var(--line)}
.footnotes p{margin-block:0 .3rem}
.footnotes ol{padding-inline-start:1.5rem}
.data-footnote-backref{text-decoration:none}
a[data-footnote-ref]{text-decoration:none;padding-inline:.08em}
.katex{font-size:1.06em;font-family:KaTeX_Main,'Source Serif 4',serif}
.katex-display{margin-block:1rem;padding-block:.15rem;overflow:auto hidden}
section>.katex-display{margin-inline:auto}
.katex-display>.katex{font-size:1.06em;white-space:normal}
.katex-display>.katex>.katex-html>.base{margin-block:.2em}
.weft-bad-math{color:var(--alarm);border-bottom:2px dotted var(--alarm)}
.weft-notice{position:sticky;top:0;z-index:1;margin:0 -1.25rem;padding:.5rem 1.25rem;color:var(--caution);background:var(--caution-ground);border-bottom:1px solid var(--caution);font-size:.85rem;font-weight:600;line-height:1.35;text-align:center}
.weft-failure{margin-block:1.2rem;padding:.6rem .9rem;color:var(--alarm);background:var(--alarm-ground);border:1px solid var(--alarm);border-inline-start-width:.35rem;font-size:.88rem;line-height:1.4;overflow-wrap:anywhere;white-space:pre-line}
.weft-failure p{margin:0}
.weft-stale{margin-block:1.4rem;border-block:2px dashed var(--caution)}
.weft-stale::before{content:'stale: not computed from the present sources';display:block;width:max-content;max-width:100%;margin-block:.3rem;padding:.05rem .5rem;color:var(--caution);background:var(--caution-ground);font:600 .78rem/1.5 'Source Sans 3',sans-serif}
.weft-missing,.weft-false{color:var(--alarm);text-decoration:underline wavy from-font}
`
