// Runs the named benchmarks, or all: npm run bench -- render
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'

interface Benchmark {
  readonly name: string
  /** Its options. */
  readonly options?: NonNullable<ParseArgsConfig['options']>
  bench(options: object): Promise<void>
}

try {
  const all = await readBenchmarks()
  const options = Object.assign({}, ...all.map((each) => each.options ?? {}))
  const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true })
  const wanted = choose(all, positionals)
  assertUnderstood(wanted, Object.keys(values))
  for (const each of wanted) await each.bench(values)
} catch (cause) {
  console.error((cause as Error).message)
  process.exit(1)
}

async function readBenchmarks(): Promise<Benchmark[]> {
  const folder = dirname(fileURLToPath(import.meta.url))
  const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'))
  return Promise.all(
    files.map(async (file) => ({
      ...((await import(pathToFileURL(join(folder, file)).href)) as Omit<Benchmark, 'name'>),
      name: file.slice(0, -'.bench.ts'.length),
    })),
  )
}

function choose(all: readonly Benchmark[], names: readonly string[]): readonly Benchmark[] {
  const known = all.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new Error(`Unknown benchmark \`${unknown}\`, expected ${known.join(' or ')}`)
  return names.length > 0 ? all.filter(({ name }) => names.includes(name)) : all
}

/** Throws if no wanted benchmark has an option, or several have it, since it then means different things. */
function assertUnderstood(wanted: readonly Benchmark[], given: readonly string[]): void {
  const known = wanted.flatMap((each) => Object.keys(each.options ?? {}))
  const namesOf = (list: readonly Benchmark[]) => list.map(({ name }) => name).join(' or ')
  const unknown = given.find((option) => !known.includes(option))
  if (unknown !== undefined) {
    const names = [...new Set(known)].map((each) => `--${each}`).join(' or ')
    throw new Error(`Unknown option \`--${unknown}\` of ${namesOf(wanted)}, expected ${names || 'none'}`)
  }
  for (const option of given) {
    const having = wanted.filter((each) => option in (each.options ?? {}))
    if (having.length > 1)
      throw new Error(
        `Unexpected \`--${option}\` for several benchmarks, expected one name: ${namesOf(having)}`,
      )
  }
}
