// Writes the types of the package. `npm run types` checks the code; here only declarations are written, in a quarter of
// the time.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/**
 * Writes the declarations that the entries reach, and no others, into `folder` in the tree of `src`.
 * @param ts the module `typescript`
 * @param entries paths of sources, relative to `home`
 * @throws if a declaration cannot be written, for example because it needs a type that has no name
 */
export function makeTypes(ts, { home, entries, folder }) {
  const sources = join(home, 'src')
  const program = programOf(ts, home, sources)
  const reached = new Set(entries.map((entry) => join(home, entry)))
  for (const source of reached) {
    const { text, imports } = declarationOf(ts, program, source)
    for (const { path } of imports) reached.add(join(dirname(source), path))
    const file = join(folder, relative(sources, source).replace(/\.ts$/, '.d.ts'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, withExtensions(text, imports))
  }
}

function programOf(ts, home, sources) {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => fail(ts, [diagnostic]),
  }
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
    join(home, 'tsconfig.json'),
    { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true },
    host,
  )
  // All of them, since one may add to the types of a package.
  const roots = fileNames.filter((name) => !relative(sources, name).startsWith('..'))
  return ts.createProgram(roots, options)
}

/** Gives the declarations of a source, and where in them it imports which of its neighbours. */
function declarationOf(ts, program, source) {
  let text
  const { diagnostics } = program.emit(
    program.getSourceFile(source),
    (_, written) => {
      text = written
    },
    undefined,
    true,
  )
  if (diagnostics.length > 0) fail(ts, diagnostics)
  const imports = ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName, pos }) => ({ path: fileName, at: pos + 1 }))
  return { text, imports }
}

/** Imports `./x.js` for `./x.ts`: that is how Node, and so every checker, finds `./x.d.ts`. */
function withExtensions(text, imports) {
  let result = text
  for (const { path, at } of imports.toReversed())
    result = result.slice(0, at) + path.replace(/\.ts$/, '.js') + result.slice(at + path.length)
  return result
}

function fail(ts, diagnostics) {
  const host = {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => process.cwd(),
    getNewLine: () => '\n',
  }
  throw new Error(`Cannot write lib/types:\n${ts.formatDiagnostics(diagnostics, host)}`)
}
