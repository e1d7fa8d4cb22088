import { posix } from 'node:path'
import type { HandedFile } from './finding.ts'

/** A line of what a zip holds: a file, or the files of a folder. */
export interface Contents {
  readonly name: string
  readonly what: string
  readonly files: number
  readonly bytes: number
}

interface Naming {
  /** The report's folder, relative to the root; empty for the root itself. */
  readonly folder: string
  readonly figures: string
}

const settings: { readonly [name: string]: string } = {
  'package.json': 'the packages, and the commands',
  'package-lock.json': 'the versions of all packages',
  'pnpm-lock.yaml': 'the versions of all packages',
  'yarn.lock': 'the versions of all packages',
  'notebook.ipynb': 'the notebook',
  'README.md': 'how to rebuild',
  LICENSE: 'the licence',
}

/** Lists what a zip holds: files at its top one by one, all others by folder, with their sizes. */
export function contentsOf(files: readonly HandedFile[], naming: Naming): Contents[] {
  const groups = new Map<string, { files: number; bytes: number }>()
  for (const { name, bytes } of files) {
    const group = groupOf(name, naming)
    const { files: count, bytes: size } = groups.get(group) ?? { files: 0, bytes: 0 }
    groups.set(group, { files: count + 1, bytes: size + bytes.length })
  }
  const all = [...groups].map(([name, sizes]) => ({ name, what: meaningOf(name, naming), ...sizes }))
  return all.sort((one, other) => (one.name < other.name ? -1 : 1))
}

// Folders of code are told apart one level down: src/experiments, src/render.
function groupOf(name: string, { folder }: Naming): string {
  const folders = posix.dirname(name).split('/')
  if (folders[0] === '.') return name
  const inFolder = folder === '' ? name : name.slice(folder.length + 1)
  if (name.startsWith(folder) && inFolder.startsWith('freeze/')) return posix.join(folder, 'freeze')
  return folders.slice(0, folders[0] === 'src' ? 2 : 1).join('/')
}

function meaningOf(name: string, { folder, figures }: Naming): string {
  if (name.endsWith('.pdf')) return 'the report'
  if (Object.hasOwn(settings, name)) return settings[name]!
  if (name === posix.join(folder, 'freeze')) return 'accepted results'
  if (name === figures) return 'accepted figures'
  if (name === folder) return 'chapters, bibliography, lock'
  if (name.endsWith('.lock.json')) return 'accepted numbers'
  if (name.endsWith('.bib')) return 'the bibliography'
  if (/\.(md|markdown)$/.test(name)) return 'text'
  if (/^\.|\.json$/.test(name)) return 'settings'
  return name.startsWith('src') ? 'code' : ''
}
