/** Where each cell leaves its label, a line each time that it runs; beside the document, in whose folder cells run. */
export const traceFile = 'trace.txt'
