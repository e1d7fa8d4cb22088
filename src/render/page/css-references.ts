/** Citations and the list of references, numbered equations and listings. */
export const referencesCss = ''
