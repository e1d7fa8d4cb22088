import type { Engine } from '../engine.ts'
import type { EngineEntry, OpenOptions } from './list.ts'
import { engines } from './list.ts'

export { type EngineEntry, engines } from './list.ts'

interface Options {
  /** Variables to read: WEFT_ENGINE, WEFT_THREADS, and WEFT_JOBS, the number of jobs that compute at the same time. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** By the name of an engine, imports what it needs, which may not be installed. */
  readonly load?: Readonly<Record<string, () => Promise<unknown>>>
}

/**
 * Opens the engine that runs graphs: the one that WEFT_ENGINE names; else the first automatic one of the list that
 * opens, with a `note` that says why one before it does not. WEFT_THREADS is the number of threads for arithmetic, 1 by
 * default.
 * @throws if the named engine does not open, or if either variable has another value
 */
export async function openEngine({ env = process.env, load = {} }: Options = {}): Promise<Engine> {
  const wanted = env.WEFT_ENGINE || undefined
  const named = engines.find(({ name }) => name === wanted)
  if (wanted !== undefined && !named)
    throw new Error(`Unexpected WEFT_ENGINE=${wanted}, expected ${orNames(engines.map(({ name }) => name))}`)
  const threads = Number(env.WEFT_THREADS || 1)
  if (!Number.isInteger(threads) || threads < 1)
    throw new Error(`Unexpected WEFT_THREADS=${env.WEFT_THREADS}, expected a whole number above 0`)
  const optionsOf = ({ name }: EngineEntry) => ({
    env,
    threads,
    isAlone: Number(env.WEFT_JOBS || 1) === 1,
    ...(load[name] ? { load: load[name] } : {}),
  })
  return named ? openNamed(named, optionsOf(named)) : openFirst(optionsOf)
}

async function openNamed(entry: EngineEntry, options: OpenOptions): Promise<Engine> {
  try {
    return await entry.open(options)
  } catch (cause) {
    const { name, needs, install } = entry
    const expected = isMissing(cause)
      ? `${needs} to be installed: run \`${install}\` (${reasonOf(cause)})`
      : `${needs} to load: ${reasonOf(cause)}`
    throw new Error(`Cannot open the engine \`${name}\`, expected ${expected}`, { cause })
  }
}

async function openFirst(optionsOf: (entry: EngineEntry) => OpenOptions): Promise<Engine> {
  const automatic = engines.filter(({ isAutomatic }) => isAutomatic)
  const failures: unknown[] = []
  for (const [index, entry] of automatic.entries()) {
    try {
      const engine = await entry.open(optionsOf(entry))
      if (index === 0) return engine
      const why = failures.map((each, at) => `${automatic[at]!.needs} does not load (${reasonOf(each)})`)
      return { ...engine, note: why.join('; ') }
    } catch (cause) {
      failures.push(cause)
    }
  }
  const needs = orNames(automatic.map((each) => each.needs))
  throw new Error(
    `Cannot open an engine, expected ${needs} to be installed: run \`${automatic[0]!.install}\` (${failures.map(reasonOf).join('; ')})`,
    { cause: failures.at(-1) },
  )
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND'
}

function reasonOf(error: unknown): string {
  return (error as Error).message.split('\n')[0]!
}

function orNames(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
