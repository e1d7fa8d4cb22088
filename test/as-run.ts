import { relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// A compiled module names its source as its URL, but resolves from where it is: below dist/.tests.
const tested = new URL('..', import.meta.url)
const running = new URL('..', import.meta.resolve('./as-run.js'))
const isCompiled = running.href !== tested.href

/** Flags of a Node process that loads modules of this project as this process does: compiled, or by tsx. */
export const runFlags: readonly string[] = isCompiled
  ? []
  : ['--conditions=source', '--import', import.meta.resolve('tsx')]

/** Gives the path of a module of this project as such a process loads it. */
export function runnable(module: URL): string {
  if (!isCompiled) return fileURLToPath(module)
  const path = relative(fileURLToPath(tested), fileURLToPath(module)).split(sep).join('/')
  return fileURLToPath(new URL(path.replace(/\.ts$/, '.js'), running))
}

/** The same, as what `import` takes. */
export const runnableUrl = (module: URL): string => pathToFileURL(runnable(module)).href
