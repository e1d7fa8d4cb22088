import { readH5 } from '../../../src/experiments/data/hdf5.ts'

// Reads files in a process of its own and prints what is wrong with each, one a line.
const [cache, ...paths] = process.argv.slice(2)

async function main(): Promise<void> {
  for (const path of paths) {
    const message = await readH5(path, { env: { XDG_CACHE_HOME: cache } }).then(
      () => 'nothing',
      (cause: Error) => cause.message,
    )
    process.stdout.write(`${message}\n`)
  }
}

await main()
