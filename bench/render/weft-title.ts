import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { home } from '../home.ts'

/** Gives Weft's version and what it runs on, and how it is used. */
export function weftTitle(how: string): string {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  return `Weft ${version}, Node ${process.versions.node}: ${how}`
}
