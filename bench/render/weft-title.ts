import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { home } from '../home.ts'

/** Gives the versions of Weft and Node, and how the benchmark uses Weft. */
export function weftTitle(how: string): string {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  return `Weft ${version}, Node ${process.versions.node}: ${how}`
}
