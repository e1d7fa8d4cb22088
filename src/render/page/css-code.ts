/** Code: inline, shown and folded; the kinds of tokens. */
export const codeCss = `
code,kbd,samp{font-size:.86em;overflow-wrap:anywhere}
pre{margin-block:1.1rem;padding:.7rem .9rem;background:var(--panel);border-radius:.25rem;font-size:.86rem;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:2;text-align:left}
pre code{font-size:.92em}
.line{display:inline-block;width:100%;padding-inline-start:2ch;text-indent:-2ch;vertical-align:top}
.weft-fold{margin-block:1.1rem}
.weft-fold[hidden]{margin-block:0}
.weft-fold>summary{width:max-content;color:var(--quiet);font-size:.82rem;cursor:pointer}
.weft-fold>pre,.weft-show>pre{margin-block:.4rem 0}
.weft-show{margin-block:1.1rem}
.t-keyword{color:var(--t-keyword)}
.t-constant,.t-link{color:var(--t-constant)}
.t-string,.t-string-expression{color:var(--t-string)}
.t-comment{color:var(--t-comment)}
.t-function{color:var(--t-function)}
.t-parameter{color:var(--t-parameter)}
.t-punctuation{color:var(--t-punctuation)}
`
