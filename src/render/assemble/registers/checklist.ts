import type { PhrasingContent } from 'mdast'
import { suggestion } from '../../model/nearest.ts'
import type { Place } from '../../syntax/place.ts'
import type { Answer } from './checklist-answers.ts'
import { answers } from './checklist-answers.ts'
import { checklistItems } from './checklist-items.ts'
import type { Facts } from './gather-facts.ts'
import { link, text, textOf } from './nodes.ts'
import type { Register } from './register.ts'
import { registerTable } from './register-table.ts'
import { headingIds, headingOf } from './section-of.ts'

/**
 * Answers the reproducibility checklist of machine learning from the recorded facts of the computed report. An item
 * that facts cannot answer says so. An option with the id of an item names the sections that answer it in words:
 * `assumptions=sec-methods`.
 */
export const checklist: Register = {
  options: checklistItems.flatMap(({ items }) => Object.keys(items)),
  isTable: true,
  make(facts, place) {
    const groups = checklistItems.map(({ title, items }) => ({
      heading: [text(title)],
      rows: Object.entries(items).map(([id, question]) => [
        [text(question)],
        answerNodes(id, answers[id]?.(facts), facts, place),
      ]),
    }))
    return {
      table: registerTable([{ title: 'Item' }, { title: 'Answer, from what is recorded' }], groups),
      caption: 'The reproducibility checklist, answered from the results that this report is made of.',
    }
  },
}

function answerNodes(id: string, answer: Answer | undefined, facts: Facts, place: Place): PhrasingContent[] {
  const sections = sectionLinks(place.attributes[id], facts)
  const none = sections.length > 0 ? 'Recorded facts do not say.' : 'Not answered: recorded facts do not say.'
  const said = answer?.map((part) => (typeof part === 'string' ? text(part) : part)) ?? [text(none)]
  return sections.length === 0 ? said : [...said, text(' See '), ...sections, text('.')]
}

function sectionLinks(labels: string | undefined, { chapters }: Facts): PhrasingContent[] {
  const ids = (labels ?? '').split(/[\s,]+/).filter((id) => id !== '')
  return ids.flatMap((id, index) => {
    const heading = headingOf(chapters, id)
    if (!heading) {
      const known = headingIds(chapters)
      throw new Error(`expected the label of a section, found \`${id}\`${suggestion(id, known)}`)
    }
    const between = index === 0 ? [] : [text(index === ids.length - 1 ? ' and ' : ', ')]
    return [...between, link(id, [text(textOf(heading).trim())])]
  })
}
