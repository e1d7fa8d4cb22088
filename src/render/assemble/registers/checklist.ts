import type { PhrasingContent } from 'mdast'
import { textBelow } from '../../model/element.ts'
import { suggestion } from '../../model/nearest.ts'
import type { ChecklistItem } from '../../model/words/registers/types.ts'
import { type Answer, answers } from './checklist-answers.ts'
import type { Facts } from './gather-facts.ts'
import { joined, link, text } from './nodes.ts'
import { type Register, registerTable } from './register.ts'
import { headingIds, headingOf } from './section-of.ts'
import type { Speech } from './speech.ts'

/** The items of the reproducibility checklist of machine learning, in groups. */
const groups = {
  models: ['models', 'assumptions', 'claims'],
  data: ['statistics', 'splits', 'cleaning', 'download'],
  code: ['code', 'dependencies', 'command'],
  results: ['ranges', 'selection', 'runs', 'variation', 'bars', 'runtime', 'energy', 'infrastructure'],
} as const satisfies { readonly [group: string]: readonly ChecklistItem[] }

/**
 * Answers the reproducibility checklist of machine learning from the recorded facts of the computed report. An option
 * named after an item lists the sections that answer it in prose: `assumptions=sec-methods`. The answer to an item says
 * so if neither facts nor sections answer it.
 */
export const checklist: Register = {
  options: Object.values(groups).flat(),
  isTable: true,
  make(facts, place, speech) {
    const words = speech.say.checklist
    const rows = Object.entries(groups).map(([group, items]) => ({
      heading: [text(words.groups[group as keyof typeof groups])],
      rows: items.map((id) => [
        [text(words.questions[id])],
        answerNodes(answers[id]?.(facts, speech), sectionLinks(place.attributes[id], facts), speech),
      ]),
    }))
    return {
      table: registerTable([{ title: words.item }, { title: words.answer }], rows),
      caption: words.caption,
    }
  },
}

function answerNodes(
  answer: Answer | undefined,
  sections: readonly PhrasingContent[][],
  { say, words }: Speech,
): PhrasingContent[] {
  const { unanswered, see } = say.checklist
  const said = answer?.map((part) => (typeof part === 'string' ? text(part) : part)) ?? []
  if (sections.length === 0) return said.length > 0 ? said : [text(unanswered)]
  const last = sections.length > 1 ? [text(` ${words.front.and} `), ...sections.at(-1)!] : []
  const first = sections.length > 1 ? sections.slice(0, -1) : sections
  return [...said, text(said.length > 0 ? ` ${see} ` : `${see} `), ...joined(first), ...last, text('.')]
}

function sectionLinks(labels: string | undefined, { chapters }: Facts): PhrasingContent[][] {
  const ids = (labels ?? '').split(/[\s,]+/).filter((id) => id !== '')
  return ids.map((id) => {
    const heading = headingOf(chapters, id)
    if (!heading) {
      const known = headingIds(chapters)
      throw new Error(`expected the label of a section, found \`${id}\`${suggestion(id, known)}`)
    }
    return [link(id, [text(textBelow(heading).trim())])]
  })
}
