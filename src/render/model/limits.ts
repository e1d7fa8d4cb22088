const million = 1_000_000

/** How much a report that is not trusted may ask for: far more than a report needs, far less than a machine has. */
export const limits = {
  /** Bytes of report.md, of a chapter, of a bibliography. */
  textBytes: 2 * million,
  /** Bytes of a picture, of the lock or of a stored result. */
  fileBytes: 20 * million,
  /** Bytes of all files together. */
  allBytes: 300 * million,
  /** Characters of one line, but for a picture that is written into it. */
  lineCharacters: 20_000,
  /** Quotes, lists and brackets within each other. */
  nesting: 100,
  /** Marks of emphasis, brackets and the like in one paragraph: the parser's time grows with their square. */
  marks: 2_000,
  /** Objects and arrays within each other, in JSON. */
  depth: 100,
  /** Rows of one table. */
  rows: 5_000,
  /** Cells of one table. */
  cells: 50_000,
  /** What one cell of the report shows. */
  outputs: 200,
  /** Characters of a title or an author's name. */
  titleCharacters: 500,
  /** Characters of one formula. */
  formulaCharacters: 20_000,
  /** Em; of a rule or a gap in a formula. */
  formulaEm: 50,
  /** Nodes of one chapter's page. */
  nodes: 300_000,
  /** CSS pixels, of a drawing's sides. */
  sidePx: 10_000,
  /** Pixels of a picture. */
  pixels: 50 * million,
  /** Characters of a drawing. */
  drawingCharacters: 10 * million,
  /** Time of one drawing. */
  drawingMs: 20_000,
  /** Memory of what draws, in MiB. */
  drawingMb: 512,
} as const
