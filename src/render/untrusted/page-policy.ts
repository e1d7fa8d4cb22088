import type { Options } from 'rehype-sanitize'

const everywhere = [
  'className',
  'id',
  'role',
  'title',
  'lang',
  'dir',
  'hidden',
  'ariaLabel',
  'ariaDescribedBy',
  'ariaHidden',
  'dataPages',
  'dataValue',
  'dataCell',
  'dataOutput',
  'dataPlacement',
  'dataOrigin',
  'dataPad',
  'dataLines',
  'dataTitle',
  'dataFor',
  'dataFootnotes',
  'dataFootnoteRef',
  'dataFootnoteBackref',
]

/**
 * What may stand in a chapter of a report that is not trusted: the elements that Markdown and our own renderers make,
 * and nothing that loads, runs, asks or has a style. Text of what is left out stays.
 */
export const pageSchema: Options = {
  tagNames: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'wbr', 'blockquote', 'pre', 'ul', 'ol', 'li'],
    ...['dl', 'dt', 'dd', 'strong', 'em', 'b', 'i', 'del', 'code', 'sup', 'sub', 'mark', 'a', 'img', 'input'],
    ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
    ...['div', 'span', 'section', 'figure', 'figcaption', 'details', 'summary'],
  ],
  attributes: {
    '*': everywhere,
    a: ['href'],
    img: ['src', 'alt', ['width', /^\d{1,4}%?$/], ['height', /^\d{1,4}$/]],
    figure: [['style', /^--columns:[1-6]$/]],
    div: [['style', /^flex:\d{1,2}(?:\.\d)? 1 0$/]],
    ol: ['start'],
    th: ['align', 'scope', 'colSpan', 'rowSpan'],
    td: ['align', 'colSpan', 'rowSpan'],
    details: ['open'],
    input: [['type', 'checkbox'], 'checked', ['disabled', true]],
  },
  required: { input: { type: 'checkbox', disabled: true } },
  // Looked at before, where there is a place for a message.
  protocols: {},
  ancestors: {},
  // Our own ids are kept apart before, too.
  clobber: [],
  clobberPrefix: '',
  strip: ['script', 'style', 'template', 'noscript'],
  allowComments: false,
  allowDoctypes: false,
}

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
