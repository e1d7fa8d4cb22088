import { readH5 } from '../../../src/experiments/data/hdf5.ts'

// Reads files in a separate process and prints the error of each, one per line.
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
