/** Table of contents, lists of figures and tables, page numbers in them, and the sidebar. */
export const contentsCss = ''
