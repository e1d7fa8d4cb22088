/**
 * Head of a page of a report that is not trusted: no script runs, ours neither, and nothing is fetched, sent or
 * framed, whatever else the page may hold.
 */
export const contentPolicy = [
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">`,
  '<meta name="referrer" content="no-referrer">',
  // A formula could be set over the words beside it.
  `<style>.weft-head{overflow-wrap:anywhere}html .weft-word{display:inline-block;max-width:100%;white-space:normal}html :not(.katex-display)>.katex{display:inline-block;max-width:100%;overflow:clip;overflow-clip-margin:.3em}@media print{html .katex-display{overflow:visible clip}}</style>`,
].join('\n')

/** Said on every page. */
export const untrustedNotice = 'Nothing was executed: the numbers are those that the report’s author accepted'
