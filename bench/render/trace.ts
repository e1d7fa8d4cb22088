/** File to which each cell appends its label each time it runs. It is beside the document, where cells run. */
export const traceFile = 'trace.txt'
