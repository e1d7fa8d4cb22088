/** What a figure, a table or a code block offers on a screen: buttons, data, the way to its cell. */
export const toolsCss = ''
