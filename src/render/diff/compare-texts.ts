import type { Nodes, Root } from 'mdast'
import type { Diff } from './schema.ts'
import type { Version } from './version.ts'

type TextChange = Diff['texts'][number]

interface Block {
  readonly file: string
  readonly section: string
  /** Its words, with each value as `#`. */
  readonly words: string
}

const width = 90

/**
 * Finds paragraphs and headings whose words changed. One that shares half of its words with one that is gone from its
 * chapter has changed; else it was added or removed. Values do not count.
 */
export function compareTexts(before: Version, after: Version): TextChange[] {
  const [was, is] = [before, after].map(blocksOf) as [Block[], Block[]]
  const [gone, come] = [without(was, is), without(is, was)]
  const left = [...gone]
  const changed = come.map((block): TextChange => {
    const alike = left.filter((one) => one.file === block.file && isLike(one, block))
    // Its section may have another name.
    const was = alike.find((one) => one.section === block.section) ?? alike[0]
    const at = was ? left.indexOf(was) : -1
    if (at >= 0) left.splice(at, 1)
    return textChange(block, at >= 0 ? 'changed' : 'added')
  })
  return [...changed, ...left.map((block) => textChange(block, 'removed'))]
}

function textChange({ file, section, words }: Block, state: TextChange['state']): TextChange {
  const text = words.length > width ? `${words.slice(0, words.lastIndexOf(' ', width))}…` : words
  return { file, section, state, text }
}

// Half of its words are the same.
function isLike(before: Block, after: Block): boolean {
  const [was, is] = [before, after].map(({ words }) => new Set(words.split(' '))) as [
    Set<string>,
    Set<string>,
  ]
  const common = [...is].filter((word) => was.has(word)).length
  return common * 2 >= Math.min(was.size, is.size)
}

function without(blocks: readonly Block[], others: readonly Block[]): Block[] {
  const counts = new Map<string, number>()
  const keyOf = ({ file, words }: Block) => `${file}\n${words}`
  for (const one of others) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return blocks.filter((one) => {
    const count = counts.get(keyOf(one)) ?? 0
    if (count > 0) counts.set(keyOf(one), count - 1)
    return count === 0
  })
}

function blocksOf({ tree }: Version): Block[] {
  return (tree?.chapters ?? []).flatMap(({ file, tree: root }) => {
    const blocks: Block[] = []
    let section = ''
    walk(root, (words, isHeading) => {
      if (isHeading) section = words
      if (words !== '') blocks.push({ file: file.path, section, words })
    })
    return blocks
  })
}

function walk(node: Root | Nodes, add: (words: string, isHeading: boolean) => void): void {
  if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell')
    add(wordsOf(node).replace(/\s+/g, ' ').trim(), node.type === 'heading')
  else if ('children' in node) for (const child of node.children) walk(child, add)
}

function wordsOf(node: Nodes): string {
  // Inline code may be a value, whose expression has its own comparison.
  if (node.type === 'inlineCode') return /^\{ts\b/.test(node.value) || node.data ? '#' : node.value
  if ('children' in node) return node.children.map(wordsOf).join('')
  return 'value' in node ? node.value : ''
}
