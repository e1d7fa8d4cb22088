import type ts from 'typescript'
import type { Edit } from './edits.ts'
import { type ImportedName, importedName, writeImports } from './imports.ts'
import { isAssignment, type ParsedCell } from './parse-cells.ts'

/** How the names of a cell change, so that cells share them as those of a report do. */
export interface SharedNames {
  readonly edits: readonly Edit[]
  /** Lines to put before it. */
  readonly before: readonly string[]
  readonly notes: readonly string[]
}

/** Who declares a name, and what it is called there. */
interface Owner {
  readonly cell: ParsedCell
  readonly written: string
  readonly imported?: ImportedName
}

/** What is known of all cells, and of those above. */
interface Sharing {
  readonly cells: readonly ParsedCell[]
  readonly compiler: typeof ts
  /** The declarations that later cells use. */
  readonly needed: ReadonlySet<string>
  readonly owners: Map<string, Owner>
  readonly exported: Map<string, ParsedCell>
  /** Makes a name that no cell has. */
  readonly fresh: (name: string) => string
}

/** What is found for one cell. */
interface Found {
  readonly edits: Edit[]
  readonly notes: string[]
  readonly imports: ImportedName[]
  readonly before: string[]
  readonly next: Map<string, Owner>
}

/**
 * Changes the names of cells that ran in one scope to those of cells of a report: what later cells use is exported, each
 * cell imports what it uses of a package, and a name that is declared twice has another one the second time.
 */
export function shareNames(cells: readonly ParsedCell[], compiler: typeof ts): Map<ParsedCell, SharedNames> {
  const all = new Set(
    cells.flatMap(({ declares, free }) => [...declares.keys(), ...free.map(({ text }) => text)]),
  )
  const fresh = (name: string) => {
    let count = 2
    while (all.has(`${name}${count}`)) count++
    all.add(`${name}${count}`)
    return `${name}${count}`
  }
  const needed = neededNames(cells, compiler)
  const sharing: Sharing = { cells, compiler, needed, owners: new Map(), exported: new Map(), fresh }
  return new Map(
    cells.map((cell) => {
      const found: Found = { edits: [], notes: [], imports: [], before: [], next: new Map() }
      useNames(cell, sharing, found)
      declareNames(cell, sharing, found)
      for (const [name, owner] of found.next) sharing.owners.set(name, owner)
      const { edits, notes, imports, before } = found
      return [cell, { edits, before: [...writeImports(imports), ...before], notes }]
    }),
  )
}

function useNames(cell: ParsedCell, sharing: Sharing, { edits, notes, imports, before, next }: Found): void {
  const { cells, compiler, needed, owners, exported, fresh } = sharing
  for (const [name, places] of placesByName(cell.free)) {
    const owner = owners.get(name)
    if (owner === undefined) {
      const later = cells.find((one) => one.number > cell.number && one.declares.has(name))
      if (later)
        notes.push(
          `Cannot find \`${name}\` above, cell ${later.number} declares it: move that cell before this one`,
        )
      continue
    }
    if (owner.imported) imports.push(owner.imported)
    const isChanged = places.some((place) => isAssigned(place, compiler)) && !owner.imported
    const written = isChanged ? fresh(name) : owner.written
    if (written !== name) edits.push(...places.map((place) => renamed(place, written, compiler)))
    if (!isChanged) continue
    const isNeeded = needed.has(keyOf(cell, name))
    before.push(`${isNeeded ? 'export ' : ''}let ${written} = ${owner.written}`)
    if (isNeeded) exported.set(written, cell)
    next.set(name, { cell, written })
    notes.push(
      `Cannot assign to \`${name}\`, which cell ${owner.cell.number} declares: it goes on with a copy, \`${written}\``,
    )
  }
}

function declareNames(cell: ParsedCell, sharing: Sharing, { edits, notes, next }: Found): void {
  const { compiler, needed, exported, fresh } = sharing
  for (const [name, declared] of cell.declares) {
    const earlier = exported.get(name)
    const written = earlier ? fresh(name) : name
    if (earlier) {
      edits.push(...declared.places.map((place) => renamed(place, written, compiler)))
      notes.push(
        `Cannot declare \`${name}\` again, cell ${earlier.number} exports it: it is called \`${written}\` from here on`,
      )
    }
    const imported = importedName(declared, name, written, compiler)
    if (!imported && (declared.isExported || needed.has(keyOf(cell, name)))) exported.set(written, cell)
    next.set(name, { cell, written, ...(imported && { imported }) })
  }
  edits.push(...exportsOf(cell, needed))
}

// Which declarations later cells use: each use means the last one above it.
function neededNames(cells: readonly ParsedCell[], compiler: typeof ts): ReadonlySet<string> {
  const last = new Map<string, ParsedCell>()
  const needed = new Set<string>()
  for (const cell of cells) {
    for (const place of cell.free) {
      const owner = last.get(place.text)
      if (owner) needed.add(keyOf(owner, place.text))
    }
    // A cell that assigns to a name has a copy of it.
    for (const place of cell.free)
      if (last.has(place.text) && isAssigned(place, compiler)) last.set(place.text, cell)
    for (const name of cell.declares.keys()) last.set(name, cell)
  }
  return needed
}

function keyOf({ number }: ParsedCell, name: string): string {
  return `${number} ${name}`
}

function placesByName(free: readonly ts.Identifier[]): Map<string, ts.Identifier[]> {
  const places = new Map<string, ts.Identifier[]>()
  for (const place of free) places.set(place.text, [...(places.get(place.text) ?? []), place])
  return places
}

function exportsOf(cell: ParsedCell, needed: ReadonlySet<string>): Edit[] {
  const statements = new Set<ts.Statement>()
  for (const [name, { statements: own, isExported }] of cell.declares)
    if (needed.has(keyOf(cell, name)) && !isExported) for (const one of own) statements.add(one)
  return [...statements].flatMap((statement) => {
    const start = statement.getStart(cell.file)
    return /^import\b/.test(cell.code.slice(start)) ? [] : [{ start, end: start, text: 'export ' }]
  })
}

function renamed(place: ts.Identifier, name: string, compiler: typeof ts): Edit {
  const { parent } = place
  const [start, end] = [place.getStart(), place.getEnd()]
  if (compiler.isShorthandPropertyAssignment(parent) && parent.name === place)
    return { start, end, text: `${place.text}: ${name}` }
  const isShort =
    compiler.isBindingElement(parent) &&
    compiler.isObjectBindingPattern(parent.parent) &&
    parent.name === place &&
    parent.propertyName === undefined &&
    parent.dotDotDotToken === undefined
  if (isShort) return { start, end, text: `${place.text}: ${name}` }
  if (compiler.isImportSpecifier(parent) && parent.propertyName === undefined)
    return { start, end, text: `${place.text} as ${name}` }
  // What it is called outside stays.
  if (compiler.isExportSpecifier(parent) && parent.propertyName && parent.name === place)
    return { start, end, text: place.text }
  return { start, end, text: name }
}

// `x = 1`, `x += 1`, `x++`, `[x] = list`, `({ x } = object)`, `for (x of list)`.
function isAssigned(place: ts.Identifier, compiler: typeof ts): boolean {
  let node: ts.Node = place
  for (let { parent } = node; parent; { parent } = node) {
    if (compiler.isBinaryExpression(parent)) return parent.left === node && isAssignment(parent, compiler)
    if (compiler.isPrefixUnaryExpression(parent) || compiler.isPostfixUnaryExpression(parent))
      return (
        parent.operator === compiler.SyntaxKind.PlusPlusToken ||
        parent.operator === compiler.SyntaxKind.MinusMinusToken
      )
    if (compiler.isForOfStatement(parent) || compiler.isForInStatement(parent))
      return parent.initializer === node
    const isPattern =
      compiler.isParenthesizedExpression(parent) ||
      compiler.isArrayLiteralExpression(parent) ||
      compiler.isObjectLiteralExpression(parent) ||
      compiler.isSpreadElement(parent) ||
      compiler.isSpreadAssignment(parent) ||
      compiler.isShorthandPropertyAssignment(parent) ||
      (compiler.isPropertyAssignment(parent) && parent.initializer === node)
    if (!isPattern) return false
    node = parent
  }
  return false
}
