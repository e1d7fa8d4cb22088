declare module '*.css' {
  /** The text of the file: bundled with the programs of the page. */
  const text: string
  export default text
}
