const name = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`
const declaration = new RegExp(
  String.raw`^\s*export\s+(?:const|let|var|(?:async\s+)?function\s*\*?|class)\s*(${name}|[{[][^=]*)`,
  'gmu',
)
const bound = new RegExp(String.raw`(${name})\s*(?=[,}\]])`, 'gu')

/** Guesses the exports of a cell that cannot be parsed, so that cells that need them can name it. */
export function guessExports(source: string): string[] {
  return [...source.matchAll(declaration)].flatMap(([, declared]) =>
    /^[{[]/.test(declared!) ? [...declared!.matchAll(bound)].map((match) => match[1]!) : [declared!],
  )
}
