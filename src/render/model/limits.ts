const million = 1_000_000

/**
 * Limits of an untrusted report, and of any report where it says so: far more than a report needs, far less than a
 * machine has.
 */
export const limits = {
  /** Bytes of report.md, of a chapter, of a bibliography. */
  textBytes: 2 * million,
  /** Bytes of a picture, of the lock or of a stored result. */
  fileBytes: 20 * million,
  /** Bytes of all files together. */
  allBytes: 300 * million,
  /** Characters of one line, except for an image embedded in it. */
  lineCharacters: 20_000,
  /** Nested quotes, lists and brackets. */
  nesting: 100,
  /**
   * Marks of emphasis, brackets and the like in one paragraph: the parser's time grows with the square of their
   * number.
   */
  marks: 2_000,
  /** Nested objects and arrays, in JSON. */
  depth: 100,
  /** Aliases of the front matter. */
  aliases: 1_000,
  /** Values of the front matter, with those that aliases repeat. */
  yamlValues: 100_000,
  /** Macros that one macro of a citation style calls, with those that they call. */
  styleMacros: 100_000,
  /** Rows of one table. */
  rows: 5_000,
  /** Cells of one table. */
  cells: 50_000,
  /** Outputs of one cell of the report. */
  outputs: 200,
  /** Characters of a title or an author's name. */
  titleCharacters: 500,
  /** Characters of one formula. */
  formulaCharacters: 20_000,
  /** Tokens that macros make of one formula. */
  formulaTokens: 5_000,
  /** Tokens that macros make of a formula, beyond its characters, at no cost. */
  freeTokens: 200,
  /** Tokens that macros make of all formulas of a report beyond these. */
  reportTokens: 20_000,
  /** Time of one formula. */
  formulaMs: 5_000,
  /** Length of a rule or a gap in a formula, in em. */
  formulaEm: 50,
  /** Nodes of one chapter's page. */
  nodes: 300_000,
  /** Width and height of a drawing, in CSS pixels. */
  sidePx: 10_000,
  /** Pixels of a picture. */
  pixels: 50 * million,
  /** Characters of a drawing. */
  drawingCharacters: 10 * million,
  /** The same where the report is trusted: a browser has to print it in time. */
  trustedDrawingCharacters: 4 * million,
  /** Time of all drawings of a report, besides what each may take. */
  drawingMs: 4_000,
  /** Time that each drawing adds to it. */
  figureMs: 50,
  /** The same two where the report is trusted. */
  trustedDrawingMs: 3_000,
  trustedFigureMs: 400,
  /** Memory of the drawing process, in MiB. */
  drawingMb: 512,
  /** The same where the report is trusted. */
  trustedDrawingMb: 448,
} as const
