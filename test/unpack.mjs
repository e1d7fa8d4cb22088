// Unpacks a zip: node test/unpack.mjs FILE.zip FOLDER
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'

const [zip, folder] = process.argv.slice(2)
for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), bytes)
}
