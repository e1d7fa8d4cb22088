import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Reads a program that runs in pages, as `lib/client` has it. */
export async function readClient(name: string): Promise<string> {
  return readFile(programPath(name), 'utf8')
}

// Beside this module in lib, or in lib from the sources.
function programPath(name: string): string {
  const places = [`./client/${name}.js`, `../../../lib/client/${name}.js`]
  const path = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync)
  if (path === undefined)
    throw new Error(`Cannot find client/${name}.js, expected the tool to be built: run \`npm run prepare\``)
  return path
}
