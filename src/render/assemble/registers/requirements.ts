import type { PhrasingContent } from 'mdast'
import { nameOf } from '../../syntax/references.ts'
import type { Answer, Answered } from '../requirements.ts'
import { joined, link, paragraph, path, smallLine, text } from './nodes.ts'
import { type Register, registerTable } from './register.ts'
import type { Speech } from './speech.ts'

/** Lists the requirements of the front matter, each with the places, the claim and the limit that answer it. */
export const requirements: Register = {
  options: [],
  isTable: true,
  make({ requirements: all }, _place, speech) {
    const words = speech.say.requirements
    if (all.length === 0) return [paragraph(words.none)]
    const rows = all.map((one) => [[text(one.item)], answerNodes(one, speech)])
    return {
      table: registerTable([{ title: words.requirement }, { title: words.answer }], [{ rows }]),
      caption: words.caption,
    }
  },
}

function answerNodes({ answers, claim, pages }: Answered, speech: Speech): PhrasingContent[] {
  const { say, counted } = speech
  const words = say.requirements
  const places =
    answers.length > 0
      ? joined(
          answers.map((one) => placeNodes(one, speech)),
          '; ',
        )
      : []
  return [
    ...(places.length > 0 ? places : [text(words.unanswered)]),
    ...(pages === undefined ? [] : [smallLine([text(counted(words.pages, pages))])]),
    ...(claim ? [smallLine([text(`${words.claim[claim.holds]} ${claim.words}`)])] : []),
  ]
}

function placeNodes(answer: Answer, { words, say }: Speech): PhrasingContent[] {
  const { label } = answer
  if (answer.kind === 'nothing') return [path(label), text(` (${say.requirements.unanswered})`)]
  if (answer.kind === 'file') return [path(label)]
  if (answer.kind === 'cell') return [path(`#${label}`)]
  const { target } = answer
  const title = target.kind === 'section' ? (target.title ?? label) : undefined
  const number = target.number === '' ? undefined : nameOf(target, words)
  return [link(label, [text([number, title].filter((part) => part !== undefined).join(', '))])]
}
