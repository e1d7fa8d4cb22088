// Writes the declaration of a data file whose reader TypeScript cannot wait for: `read-columns.js FILE ATTRIBUTES`.

import { readData } from '../data/read-data.ts'
import { rowsDeclaration } from './rows-type.ts'

const [file, attributes] = process.argv.slice(2) as [string, string]
process.stdout.write(rowsDeclaration(await readData(file, JSON.parse(attributes) as Record<string, string>)))
