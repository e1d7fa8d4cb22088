/** The rules that a report must meet to be published; every message names the rule that is broken. */
export const rules = {
  'front-matter-holds': 'The front matter is YAML of the expected members.',
  'chapter-exists': 'Every chapter that report.md names can be read, as UTF-8.',
  'cell-is-recognized':
    'What looks like a cell is one: a fence that begins with `ts exec #label`, without a back-tick on that line, and is closed.',
  'value-is-recognized': 'What looks like a value is one: `{ts} expression` between single back-ticks.',
  'directive-is-known':
    'Every directive is a claim, a given or a register, or a block such as a note, columns or a page break.',
  'label-is-given':
    'Every cell has a label of the form #a-z, digits and hyphens; the label of a heading, formula or listing is one that names it.',
  'label-is-unique': 'No two cells, sections, equations or listings share a label.',
  'option-is-known':
    'A cell, a value, a heading or a block has only known options, with values of their kind.',
  'name-is-free': 'A cell declares no name that an earlier cell exports, and no two cells export one name.',
  'cell-bundles': 'A cell and what it imports is TypeScript that resolves.',
  'types-agree': 'Every cell, value and claim passes the type checker (`weft types`).',
  'cell-runs': 'A cell ends without an error, in its time.',
  'cell-has-inputs': 'Everything that a cell needs has a result.',
  'result-is-json': 'What a cell or a job gives is JSON or an output.',
  'result-is-current': 'A result shown was computed from the sources as they are.',
  'result-is-reproducible': 'Whoever computes a result from the same sources gets the same one.',
  'cell-is-pure':
    'A cell asks neither the clock, nor chance, nor the network, nor the machine, nor files that nobody else has; its jobs neither chance nor the network nor WEFT_* variables.',
  'result-is-whole': 'A stored result has the digest that it was written with.',
  'output-renders': 'Every output can be drawn.',
  'figure-has-alt': 'Every figure and every image says in words what it shows.',
  'value-resolves': 'Every inline value is an expression that gives text or a number.',
  'claim-holds': 'Every claim is true.',
  'claim-is-clear': 'No claim depends on a difference within the noise of its seeds.',
  'number-has-source':
    'Every result-like number of the prose is a value, a citation, or given with its source.',
  'data-is-typed':
    'A column of a data file holds values of one type, or its schema or import says what they are.',
  'number-has-origin': 'Every shown number comes from a job, a data set, a data file or a param.',
  'heading-follows': 'Every heading is at most one level below the one before it.',
  'reference-resolves':
    'Every cross-reference names one target, and every link within the report leads somewhere.',
  'register-is-known': 'Every register is one that Weft can fill, with known options.',
  'requirement-is-answered':
    'Every requirement of the front matter names places that answer it, and its claim holds.',
  'bibliography-reads': 'The bibliography is BibTeX of whole entries, each with a key of its own.',
  'citation-resolves': 'Every citation names an entry of the bibliography.',
  'entry-is-cited': 'Every entry of the bibliography is cited.',
  'math-renders': 'Every formula is one that KaTeX can draw.',
  'character-prints': 'Every character has a font to print it with.',
  'section-fits': 'The text of a section fills no more pages than its heading allows.',
  'page-is-proved': 'Every value, table cell and caption is found in the print, in its place.',
  'report-is-harmless': 'A report that is not trusted stays in its folder and brings nothing that runs.',
  'page-is-self-contained': 'The page asks nothing of the network.',
} as const

export type Rule = keyof typeof rules
