import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Code, RootContent } from 'mdast'
import { element } from '../../model/element.ts'
import type { RegisterPlace } from '../../syntax/register-directive.ts'
import type { Facts } from './gather-facts.ts'
import { groupJobs } from './gather-facts.ts'
import { code as named, paragraph } from './nodes.ts'
import type { Register } from './register.ts'

/**
 * Shows the commented source of the experiments that the report runs, with the files that they import from their own
 * folder. `folder` leaves out experiments in other folders; `depth` limits how far imports are followed: 0 for none.
 */
export const sources: Register = {
  options: ['folder', 'depth'],
  isTable: false,
  make(facts, { attributes }) {
    const modules = sourceFiles(facts, choiceOf(attributes))
    if (modules.length === 0) return [paragraph('No experiment is run.')]
    return modules.map((path) => listing(path, facts))
  },
}

/** Lists the files that any register of the report shows. */
export function listedSources(facts: Facts): ReadonlySet<string> {
  const asked = facts.places.filter(
    ({ attributes }) => attributes.of === 'sources' && isDepth(attributes.depth),
  )
  return new Set(asked.flatMap(({ attributes }) => sourceFiles(facts, choiceOf(attributes))))
}

interface Choice {
  readonly folder?: string
  readonly depth: number
}

/** Lists the files of the experiments that a report runs, relative to its root: each experiment before its imports. */
export function sourceFiles(facts: Facts, { folder, depth }: Choice): string[] {
  const inside = folder === undefined ? '' : `${posix.normalize(folder).replace(/^\.\/|\/$/g, '')}/`
  const files = new Set<string>()
  for (const { module } of groupJobs(facts)) {
    if (!module.startsWith(inside)) continue
    let next = [module]
    for (let step = 0; step <= depth && next.length > 0; step++) {
      for (const file of next) files.add(file)
      next = next.flatMap((file) => neighboursOf(file, facts)).filter((file) => !files.has(file))
    }
  }
  return byFolder([...files])
}

/** Gives the id of a file's listing on the page. */
export function sourceId(path: string): string {
  return `source-${path.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}

// Groups files by folder, folders in order of first use.
function byFolder(files: readonly string[]): string[] {
  const folders = [...new Set(files.map((file) => posix.dirname(file)))]
  return folders.flatMap((folder) => files.filter((file) => posix.dirname(file) === folder))
}

// The files that a file imports from its own folder or below.
function neighboursOf(file: string, facts: Files): string[] {
  const source = sourceText(file, facts)
  if (source === undefined) return []
  const own = posix.dirname(file)
  const imports = /^(?:import|export)\b[^'"`;]*?['"](\.\/[^'"]+)['"]/gm
  return [...source.matchAll(imports)].flatMap(([, specifier]) => {
    const wanted = posix.join(own, specifier!)
    const found = [wanted, `${wanted}.ts`, wanted.replace(/\.js$/, '.ts')].find(
      (one) => /\.[cm]?[jt]s$/.test(one) && existsSync(join(facts.root, one)),
    )
    return found === undefined ? [] : [found]
  })
}

type Files = Pick<Facts, 'root' | 'readSource'>

// The text of a source file, if it exists. The path comes from a stored result, so only paths inside the project are
// allowed.
function sourceText(path: string, { readSource }: Files): string | undefined {
  if (posix.isAbsolute(path) || posix.normalize(path).startsWith('..') || path.includes('\\'))
    return undefined
  try {
    return new TextDecoder().decode(readSource(path))
  } catch {
    return undefined
  }
}

function listing(path: string, facts: Files): RootContent {
  const source = sourceText(path, facts)
  const name = element('summary', {}, [named(path)])
  if (source === undefined)
    return element('details', box(path), [name, paragraph('The project does not have this file any more.')])
  const lang = /\.[cm]?js$/.test(path) ? 'js' : 'ts'
  const code: Code = { type: 'code', lang, value: source.trimEnd() }
  return element('details', box(path), [name, code])
}

function box(path: string) {
  return { className: ['weft-source'], id: sourceId(path), open: true }
}

function choiceOf({ folder, depth }: RegisterPlace['attributes']): Choice {
  if (!isDepth(depth)) throw new Error(`expected \`depth\` to be a whole number, found \`${depth}\``)
  return { folder, depth: depth === undefined ? Number.POSITIVE_INFINITY : Number(depth) }
}

function isDepth(depth: string | undefined): boolean {
  return depth === undefined || /^\d{1,3}$/.test(depth)
}
