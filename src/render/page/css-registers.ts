/** Registers: lists that are filled from the settled report. */
export const registersCss = ''
