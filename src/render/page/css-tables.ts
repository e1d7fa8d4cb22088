/** Numbers in tables: columns at the decimal point, the best value, wrapping. */
export const tablesCss = ''
