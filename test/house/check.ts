// Checks who imports whom: npm run lint
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkImports } from './check-imports.ts'

const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const files = ['src', 'test', 'bench']
  .flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .map((file) => file.split(sep).join('/'))
  // Fixtures are reports of their own; neither a script nor a declaration of types for all is a part of the tool.
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith('test/fixtures/'))
const faults = checkImports(new Map(files.map((file) => [file, readFileSync(join(home, file), 'utf8')])))
for (const fault of faults) console.error(fault)
if (faults.length > 0) process.exitCode = 1
else console.log(`Imports of ${files.length} files point down, none in a circle`)
