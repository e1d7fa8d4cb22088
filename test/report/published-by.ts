import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from './project.ts'

/** Gives the bytes of all files that a build has written for readers. */
export function publishedBy(project: Project): Map<string, Buffer> {
  const dist = project.path('dist')
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).sort()
  const files = names.filter((name) => !name.startsWith('.cache') && statSync(join(dist, name)).isFile())
  return new Map(files.map((name) => [name, readFileSync(join(dist, name))]))
}
