import type { ClientWords } from './types.ts'

/** English, by itself: the programs of a page hold it. */
export const enClient: ClientWords = {
  page: 'Page',
  contents: 'Contents',
  dark: 'Dark',
  copy: 'Copy',
  copied: 'Copied',
  cannotCopy: 'Cannot copy',
  codeIsCopied: 'The code is copied.',
  copyIsRefused: 'The browser does not let this page copy.',
  origins: 'Origins',
  originsHint: 'Origins: go through the numbers and where they come from, with the arrow keys',
  origin: 'Where this comes from',
  cell: 'Cell',
  cells: 'Cells',
  formula: 'Formula',
  table: 'Table',
  list: 'List',
  reset: 'Reset',
  resetZoom: 'Reset the zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomHint: 'Press, then turn the wheel or drag; press twice to reset',
  series: 'Series shown',
  low: 'Low',
  high: 'High',
}
