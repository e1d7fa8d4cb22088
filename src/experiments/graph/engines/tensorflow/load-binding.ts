import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Binding } from './binding.ts'
import { tensorflowFolder, thisPlace } from './folder.ts'

/** Loads a native module by its path. */
export type Load = (path: string) => unknown

/** Keeps what native code writes to file descriptor 2: it may have two threads, but no JavaScript is running. */
interface Quiet {
  begin(): void
  /** Gives what was written since `begin`. */
  end(): string
}

const require = createRequire(import.meta.url)

/**
 * Lists where a binding may lie, best first: the folder that WEFT_TENSORFLOW names, and no other; else the packages
 * @tensorflow/tfjs-node-gpu and @tensorflow/tfjs-node, then what `weft engine install tensorflow` has left.
 */
export function bindingPaths(
  env: Readonly<Record<string, string | undefined>>,
  resolve: (name: string) => string = require.resolve,
): string[] {
  const installed = (kind: 'cpu' | 'gpu') => join(tensorflowFolder(kind, thisPlace(env)), 'tfjs_binding.node')
  if (env.WEFT_TENSORFLOW) return [installed('cpu')]
  const packages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'].flatMap((name) => {
    try {
      return [join(dirname(resolve(`${name}/package.json`)), 'lib', 'napi-v8', 'tfjs_binding.node')]
    } catch {
      return []
    }
  })
  return [...packages, installed('gpu'), installed('cpu')]
}

/**
 * Loads the first binding that works.
 * @throws with the code ERR_MODULE_NOT_FOUND if there is none, else with the reason why the first one does not load
 */
export function loadBinding(paths: readonly string[], load: Load = require): Binding {
  let failure: unknown
  for (const path of paths.filter((each) => existsSync(each))) {
    try {
      return loadQuietly(path, load)
    } catch (cause) {
      failure ??= new Error(`${path}: ${(cause as Error).message}`, { cause })
    }
  }
  if (failure) throw failure
  throw Object.assign(new Error(`none in ${paths.map((path) => dirname(path)).join(', ')}`), {
    code: 'ERR_MODULE_NOT_FOUND',
  })
}

// TensorFlow greets on standard error, whatever its level of messages. What others write meanwhile is passed on.
function loadQuietly(path: string, load: Load): Binding {
  const beside = join(dirname(path), 'quiet.node')
  if (!existsSync(beside)) return load(path) as Binding
  const quiet = load(beside) as Quiet
  quiet.begin()
  try {
    return load(path) as Binding
  } finally {
    const others = quiet
      .end()
      .split('\n')
      .filter((line) => line !== '' && !isGreeting(line))
    if (others.length > 0) process.stderr.write(`${others.join('\n')}\n`)
  }
}

/** Says whether a line is one of TensorFlow's, below an error. */
function isGreeting(line: string): boolean {
  return /^(WARNING: All log messages before absl|[IW]\d{4} |[\d-]+ [\d:.]+: [IW] |To enable the following instructions)/.test(
    line,
  )
}
