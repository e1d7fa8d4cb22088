import type { ElementContent } from 'hast'
import type { ShownChange } from '../schema.ts'
import { changeNodes, classOf, el, text, whyNode } from './nodes.ts'

type Sentence = NonNullable<ShownChange['sentence']['after']>

/** Makes a value or claim in its sentence: old and new in one line if the words around are the same, else in two. */
export function sentenceNodes(change: ShownChange): ElementContent {
  const { verdict, rule, because, place, found } = change
  const how = {
    renamed: 'its section or cell has another name',
    rewritten: 'its expression was written anew',
    moved: 'it moved from another chapter',
  }
  const more = found ? [how[found]] : []
  return el('article', `diff-change ${classOf(verdict)}`, [
    ...linesOf(change),
    whyNode(verdict, { rule, because, place, more }),
  ])
}

function linesOf(change: ShownChange): ElementContent[] {
  const { kind, before, after, sentence, source } = change
  if (kind === 'claim') return claimLines(change)
  const [was, is] = [sentence.before, sentence.after]
  if (was && is && wordsOf(was) !== wordsOf(is))
    return [
      el('p', 'diff-sentence diff-old', valueLine(was, before, undefined)),
      el('p', 'diff-sentence', valueLine(is, undefined, after)),
    ]
  const one = is ?? was ?? { before: '', own: '', after: ` = ${source.after ?? source.before ?? ''}` }
  return [el('p', 'diff-sentence', valueLine(one, before, after))]
}

function valueLine(
  { before: left, after: right }: Sentence,
  before: string | undefined,
  after: string | undefined,
): ElementContent[] {
  return [text(left), ...changeNodes(before, after), text(right)]
}

function claimLines({ before, after, sentence, source, verdict }: ShownChange): ElementContent[] {
  const one = sentence.after ?? sentence.before
  const words = one ? [text(one.before), el('mark', '', [one.own]), text(one.after)] : []
  const isRewritten = verdict === 'rewritten' || source.before !== source.after
  const conditions = isRewritten
    ? changeNodes(source.before, source.after)
    : [el('code', '', [source.after ?? source.before ?? ''])]
  const turned = before !== after ? [text(': '), ...changeNodes(before, after)] : []
  return [
    ...(words.length > 0 ? [el('p', 'diff-sentence', words)] : []),
    el('p', 'diff-condition', ['claims ', ...conditions, ...turned]),
  ]
}

// What other values in the sentence are does not count.
function wordsOf({ before, after }: Sentence): string {
  return `${before}#${after}`.replace(/\d[\d.,]*/g, '#')
}
