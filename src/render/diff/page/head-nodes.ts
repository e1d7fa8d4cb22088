import type { ElementContent } from 'hast'
import { plural } from '../../output/format.ts'
import { h } from '../../page/hast.ts'
import type { Diff } from '../schema.ts'
import { el, text } from './nodes.ts'

/** Makes the head of the page: what was compared, the counts, what could not be compared, and the contents. */
export function headNodes(diff: Diff): ElementContent[] {
  return [
    el('section', 'diff-head', [
      el('header', 'weft-head', [
        el('p', 'weft-label', ['Changes']),
        el('h1', 'weft-title', [diff.title || diff.report]),
        el('p', 'weft-subtitle', [versionWords(diff.before), ' → ', versionWords(diff.after)]),
      ]),
      countsNode(diff),
      el('p', 'diff-legend', [legendOf(diff)]),
      ...(diff.notes.length > 0
        ? [
            el(
              'ul',
              'diff-notes',
              diff.notes.map((note) => el('li', '', [note])),
            ),
          ]
        : []),
      contentsNode(diff),
    ]),
  ]
}

function versionWords({ name, detail }: Diff['before']): string {
  return detail === '' ? name : `${name} (${detail})`
}

function countsNode({ summary }: Diff): ElementContent {
  const counts: readonly [number, string, string][] = [
    [summary.beyond, 'beyond their rule', 'diff-beyond'],
    [summary.turned, summary.turned === 1 ? 'claim turned' : 'claims turned', 'diff-beyond'],
    [summary.within, 'within their rule', 'diff-within'],
    [summary.measured, 'measured', 'diff-measured'],
    [summary.notJudged, 'not judged', 'diff-not-judged'],
    [summary.rewritten, 'with another condition', 'diff-rewritten'],
    [summary.figures, summary.figures === 1 ? 'figure' : 'figures', 'diff-figure-count'],
    [summary.added, 'new', 'diff-added'],
    [summary.removed, 'gone', 'diff-removed'],
    [summary.unchanged, 'unchanged', 'diff-same'],
  ]
  const shown = counts.filter(([count, words]) => count > 0 || words === 'beyond their rule')
  return el(
    'ul',
    'diff-counts',
    shown.map(([count, words, name]) =>
      el('li', name, [
        el('span', 'diff-count', [count.toLocaleString('en')]),
        el('span', 'weft-date', [words]),
      ]),
    ),
  )
}

function legendOf({ summary, before, after, profile }: Diff): string {
  const numbers = { accepted: 'accepted', current: 'computed last on this machine' }
  return (
    `${summary.compared} numbers, claims and figures of the profile ${profile} are in both versions. ` +
    `The numbers of ${before.name} are those that were ${numbers[before.numbers]}, those of ${after.name} were ${numbers[after.numbers]}. ` +
    'A change is within its rule if a check on another machine would let it pass: a mean of several seeds within 2 standard errors, ' +
    'a single number within half a unit of its last digit or its own tolerance, and anything that no training decides only if it is equal.'
  )
}

function contentsNode({ chapters }: Diff): ElementContent {
  return el('nav', 'diff-contents', [
    el(
      'ol',
      '',
      chapters.map(({ title, file, changes }, index) =>
        el('li', '', [
          h('a', { href: `#chapter-${index + 1}` }, [text(title || file)]),
          ` ${plural(changes.length, 'change')}`,
        ]),
      ),
    ),
  ])
}
