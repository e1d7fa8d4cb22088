import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPackage, packageDigest, plainName } from '../../bundle/packages.ts'
import { weftHome } from '../../model/home.ts'
import type { Digest } from '../../model/types.ts'
import type { Facts } from './gather-facts.ts'
import { machineFacts } from './machine.ts'
import { code, text } from './nodes.ts'
import { type Register, registerTable } from './register.ts'
import type { Speech } from './speech.ts'

/** Lists the installed packages that cells and jobs import, with the versions from their keys; also Weft and Node. */
export const packages: Register = {
  options: [],
  isTable: true,
  make(facts, _place, speech) {
    const { say, words, number } = speech
    const columns = [
      { title: words.card.software },
      { title: say.packages.version },
      { title: words.client.cells, align: 'right' as const },
      { title: words.card.jobs, align: 'right' as const },
    ]
    const rows = softwareOf(facts, speech).map(({ name, version, cells, jobs }) => [
      [code(name)],
      [text(version)],
      [text(cells === undefined ? '' : number(cells))],
      [text(jobs === undefined ? '' : number(jobs))],
    ])
    return {
      isShort: true,
      table: registerTable(columns, [{ rows }]),
      caption: say.packages.caption,
    }
  },
}

/** A package in one version, and how many cells and jobs import it; Weft, Node and engines have no counts. */
interface Software {
  readonly name: string
  readonly version: string
  readonly cells?: number
  readonly jobs?: number
}

/** Names the software behind the results: Weft, Node, engines, and each imported package in each of its versions. */
export function softwareOf(facts: Facts, speech: Speech): Software[] {
  const ran = machineFacts(facts, speech)
  const of = (fact: string) => ran.find(({ name }) => name === fact)?.values.map(({ value }) => value) ?? []
  return [
    { name: 'Weft', version: weftVersion() },
    ...of('node').map((value) => ({ name: 'Node', version: value.replace(/^v/, '') })),
    ...of('engine').map((value) => ({
      name: `${speech.words.card.engine} ${value.split(' ')[0]}`,
      version: value.split(' ').slice(1).join(' '),
    })),
    ...importedPackages(facts, speech),
  ]
}

function importedPackages(facts: Facts, { say }: Speech): Software[] {
  const found = new Map<string, { name: string; digest: Digest; cells: number; jobs: number }>()
  const note = (kind: 'cells' | 'jobs', parts: Readonly<Record<string, Digest>>) => {
    for (const [part, digest] of Object.entries(parts)) {
      if (!part.startsWith('package:')) continue
      const name = part.slice('package:'.length)
      const id = `${name} ${digest}`
      if (!found.has(id)) found.set(id, { name, digest, cells: 0, jobs: 0 })
      found.get(id)![kind] += 1
    }
  }
  for (const { stored } of facts.cells) note('cells', stored.parts)
  for (const { stored } of facts.jobs) note('jobs', stored.parts)
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { name, digest, cells, jobs }]) => ({
      name: plainName(name).name,
      version: versionOf(name, digest, facts.root) ?? say.packages.another,
      cells,
      jobs,
    }))
}

/**
 * Gives the version of an installed package. A key holds only a digest of the package with its dependencies, so the
 * version is undefined if the installed package has another digest.
 */
export function versionOf(name: string, digest: Digest, root: string): string | undefined {
  const { version } = plainName(name)
  if (version !== undefined) return version
  const folder = findPackage(name, root) ?? findPackage(name, weftHome())
  if (folder === undefined || packageDigest(folder) !== digest) return undefined
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version
}

/** Gives the version of Weft that builds the report. */
export function weftVersion(): string {
  return (JSON.parse(readFileSync(join(weftHome(), 'package.json'), 'utf8')) as { version: string }).version
}
