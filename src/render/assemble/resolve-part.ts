import type { Root, RootContent } from 'mdast'
import type { VFile } from 'vfile'
import { clone } from '../model/clone.ts'
import type { Memory } from '../model/memory.ts'
import type { Slip } from '../model/messages.ts'
import { type Numberables, type Numbers, writeNumbers } from '../syntax/number.ts'
import { referenceSlips } from '../syntax/reference-slips.ts'
import { resolveReferences, type Targets } from '../syntax/references.ts'
import type { Part } from './part.ts'

/** What references are resolved by. */
export interface Known {
  readonly targets: Targets
  readonly isCited: (key: string) => boolean
}

interface Resolving {
  readonly known: Known
  readonly numbers: ReadonlyMap<Numberables, Numbers>
  readonly memory: Memory
}

/** Writes numbers and resolves references in one part; gives what looks like a reference but is none. */
export async function resolve(
  part: Part,
  chapter: VFile,
  { known, numbers, memory }: Resolving,
): Promise<readonly Slip[]> {
  const own = numbers.get(part.numberables)!
  const resolved = (tree: Root, file: VFile, asked: Known) => {
    writeNumbers(tree.children, own)
    resolveReferences([{ file, tree }], asked.targets)
    return referenceSlips({ file, tree }, asked)
  }
  if (part.registers.length > 0) return resolved(part.root, chapter, known)
  const { nodes, slips } = await memory.recall<{ nodes: readonly RootContent[]; slips: readonly Slip[] }>({
    name: 'references',
    of: part.root,
    at: part.source.position?.start,
    file: chapter,
    given: JSON.stringify(own),
    answer: (question) => answerOf(question, known),
    make(file, ask) {
      const tree = clone(part.root)
      const found = resolved(tree, file, asking(known, ask))
      return { nodes: tree.children, slips: found }
    },
    nodesOf: (out) => [...out.nodes, ...out.slips.map(({ place }) => ({ type: 'slip', position: place }))],
    isSame: (before, now) => JSON.stringify(before) === JSON.stringify(now),
  })
  part.nodes = nodes
  return slips
}

// Questions are a label, a key of the bibliography after `[`, or `*` for all labels.
function asking({ targets, isCited }: Known, ask: (question: string) => void): Known {
  return {
    targets: {
      named(label) {
        ask(label)
        return targets.named(label)
      },
      labels() {
        ask('*')
        return targets.labels()
      },
    },
    isCited(key) {
      ask(`[${key}`)
      return isCited(key)
    },
  }
}

function answerOf(question: string, { targets, isCited }: Known): string {
  if (question === '*') return targets.labels().join(' ')
  if (question.startsWith('[')) return String(isCited(question.slice(1)))
  const named = targets.named(question)
  const places = named.length > 1 ? named.map(({ file, position }) => `${file}:${position.start.line}`) : []
  return JSON.stringify([named.map(({ kind, number, title }) => [kind, number, title]), places])
}
