import type { ElementContent } from 'hast'
import { plural } from '../../output/format.ts'
import type { Diff, Named } from '../schema.ts'
import { changeNodes, el, foldNode } from './nodes.ts'

/** Makes the sections on what the numbers were computed from, on cells and on texts; those without a change are left out. */
export function inputSections(diff: Diff): ElementContent[] {
  const { params, packages, data, environments, cells, texts } = diff
  const inputs = [
    ...namedTable('Params', params),
    ...namedTable('Packages', packages),
    ...namedTable('Data sets', data),
    ...namedTable('Machines', environments ? [{ name: 'jobs', ...environments }] : []),
  ]
  const states = (['added', 'removed', 'changed'] as const).filter((state) => cells[state].length > 0)
  return [
    ...(inputs.length > 0
      ? [el('section', '', [el('h2', '', ['What the numbers were computed from']), ...inputs])]
      : []),
    ...(states.length > 0
      ? [
          el('section', '', [
            el('h2', '', ['Cells']),
            el(
              'dl',
              'diff-cells',
              states.flatMap((state) => cellNodes(state, cells[state])),
            ),
          ]),
        ]
      : []),
    ...(texts.length > 0 ? [el('section', '', [el('h2', '', ['Texts']), ...textNodes(texts)])] : []),
  ]
}

function namedTable(title: string, list: readonly Named[]): ElementContent[] {
  if (list.length === 0) return []
  const rows = list.map(({ name, before, after }) =>
    el('tr', '', [
      el('td', '', [el('code', '', [name])]),
      el('td', '', before === undefined ? [] : changeNodes(before, undefined)),
      el('td', '', after === undefined ? [] : changeNodes(undefined, after)),
    ]),
  )
  return [
    el('h3', '', [title]),
    el('div', 'weft-scroll', [
      el('table', 'diff-inputs', [
        el('thead', '', [
          el(
            'tr',
            '',
            ['Name', 'Before', 'After'].map((word) => el('th', '', [word])),
          ),
        ]),
        el('tbody', '', rows),
      ]),
    ]),
  ]
}

function cellNodes(state: keyof Diff['cells'], labels: readonly string[]): ElementContent[] {
  const names = { added: 'New', removed: 'Gone', changed: 'Changed' }
  const list = labels.flatMap((label, index) => [...(index > 0 ? [', '] : []), el('code', '', [`#${label}`])])
  return [el('dt', '', [names[state]]), el('dd', '', list)]
}

function textNodes(texts: Diff['texts']): ElementContent[] {
  const files = [...new Set(texts.map(({ file }) => file))]
  return files.map((file) => {
    const own = texts.filter((one) => one.file === file)
    const items = own.map(({ section, state, text }) =>
      el('li', `diff-${state}`, [
        el('span', 'diff-state weft-date', [
          state === 'added' ? 'new' : state === 'removed' ? 'gone' : 'changed',
        ]),
        ` ${text}`,
        ...(section === '' || section === text ? [] : [el('span', 'diff-section', [` — ${section}`])]),
      ]),
    )
    return foldNode(`${file}: ${plural(own.length, 'paragraph or heading', 'paragraphs and headings')}`, [
      el('ul', 'diff-rules weft-date', items),
    ])
  })
}
