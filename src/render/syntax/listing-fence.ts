import type { Code } from 'mdast'
import { suggestion } from '../model/nearest.ts'
import type { FenceProblem } from './fence.ts'

/** What the info string of a plain fence says that is a listing, and the words in it that are wrong. */
export interface ListingFence {
  readonly label: string
  readonly lang: string | null
  readonly caption?: string
  readonly problems: readonly FenceProblem[]
}

/** Reads ```` ```ts #lst-name caption="..." ````; undefined for a fence without a label of that kind. */
export function readListingFence(node: Code): ListingFence | undefined {
  const isLabelFirst = node.lang?.startsWith('#lst-') === true
  const info = isLabelFirst ? `${node.lang} ${node.meta ?? ''}` : (node.meta ?? '')
  const words = [...info.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([word]) => word)
  const label = words.find((word) => word.startsWith('#lst-'))
  if (label === undefined) return undefined
  const problems: FenceProblem[] = []
  if (!/^#lst-[a-z0-9-]+$/.test(label)) {
    const reason = `Unexpected label \`${label}\`, expected \`#lst-\`, then small letters, digits and hyphens`
    problems.push({ rule: 'label-is-given', words: label, reason })
  }
  let caption: string | undefined
  for (const word of words) {
    if (word === label) continue
    const text = /^caption="?([^"]*)"?$/.exec(word)?.[1]
    if (text?.trim() && caption === undefined) caption = text
    else problems.push({ rule: 'option-is-known', words: word, reason: reasonOf(word) })
  }
  const lang = isLabelFirst ? null : (node.lang ?? null)
  return { label: label.slice(1), lang, problems, ...(caption === undefined ? {} : { caption }) }
}

function reasonOf(word: string): string {
  const name = word.split('=', 1)[0]!
  return `Unexpected option \`${word}\`, expected \`caption="..."\` once beside the label of a listing${name === 'caption' ? '' : suggestion(name, ['caption'])}`
}
