// Runs the benchmarks whose names are given, or all: npm run bench -- render
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = dirname(fileURLToPath(import.meta.url))
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const unknown = wanted.find((name) => !all.includes(name))
if (unknown !== undefined) {
  console.error(`Unknown benchmark \`${unknown}\`, expected ${all.join(' or ')}`)
  process.exit(1)
}
for (const name of wanted.length > 0 ? wanted : all) {
  const { bench } = (await import(pathToFileURL(join(folder, `${name}.bench.ts`)).href)) as {
    bench(): Promise<void>
  }
  await bench()
}
