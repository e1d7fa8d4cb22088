import type { PhrasingContent } from 'mdast'
import { textBelow } from '../../model/element.ts'
import { suggestion } from '../../model/nearest.ts'
import type { RegisterPlace } from '../../syntax/register-directive.ts'
import { type Answer, answers } from './checklist-answers.ts'
import type { Facts } from './gather-facts.ts'
import { link, text } from './nodes.ts'
import { type Register, registerTable } from './register.ts'
import { headingIds, headingOf } from './section-of.ts'

/** The reproducibility checklist of machine learning, in Weft's words: id of an item -> its question. */
const checklistItems: readonly {
  readonly title: string
  readonly items: Readonly<Record<string, string>>
}[] = [
  {
    title: 'Models and claims',
    items: {
      models: 'Is every model and algorithm described?',
      assumptions: 'Are the assumptions stated?',
      claims: 'Is every claim tied to its evidence?',
    },
  },
  {
    title: 'Data',
    items: {
      statistics: 'Which data sets are used, and how large are they?',
      splits: 'How are they split into training, validation and test?',
      cleaning: 'What was left out, and how were they prepared?',
      download: 'Where are they from, and how is the copy known to be the same?',
    },
  },
  {
    title: 'Code',
    items: {
      code: 'Is the code that trains and evaluates given?',
      dependencies: 'What does it depend on?',
      command: 'Do the printed results belong to this code?',
    },
  },
  {
    title: 'Results',
    items: {
      ranges: 'Which hyper-parameters were considered, in which ranges?',
      selection: 'How were the final ones chosen?',
      runs: 'How many runs were made?',
      variation: 'Are central tendency and variation given?',
      bars: 'Do figures have error bars, and what are they?',
      runtime: 'How long did it run?',
      energy: 'How much energy did it take?',
      infrastructure: 'On what was it computed?',
    },
  },
]

/**
 * Answers the reproducibility checklist of machine learning from the recorded facts of the computed report. The
 * answer to an item says so if the facts cannot answer it. An option named after an item lists the sections that
 * answer it in prose: `assumptions=sec-methods`.
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

function answerNodes(
  id: string,
  answer: Answer | undefined,
  facts: Facts,
  place: RegisterPlace,
): PhrasingContent[] {
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
    return [...between, link(id, [text(textBelow(heading).trim())])]
  })
}
