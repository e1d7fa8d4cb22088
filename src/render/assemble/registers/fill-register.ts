import type { RootContent } from 'mdast'
import { element } from '../../model/element.ts'
import { staleMark } from '../../model/language.ts'
import { fail } from '../../model/messages.ts'
import type { Words } from '../../model/words.ts'
import { captionNodes } from '../../output/draw/caption.ts'
import { parseFragment } from '../../syntax/parse-fragment.ts'
import { type RegisterPlace, registerProblem } from '../../syntax/register-directive.ts'
import { checklist } from './checklist.ts'
import { claims } from './claims.ts'
import { data } from './data.ts'
import type { Facts } from './gather-facts.ts'
import { jobs } from './jobs.ts'
import { machine } from './machine.ts'
import { code, onPaper, onScreen, paragraph, text } from './nodes.ts'
import { packages } from './packages.ts'
import type { Content, Register } from './register.ts'
import { requirements } from './requirements.ts'
import { sources } from './sources.ts'
import { type Speech, speechOf } from './speech.ts'

/** The registers that `of=` can name, except `references`, which citations fill. */
export const kinds: Readonly<Record<string, Register>> = {
  jobs,
  claims,
  machine,
  packages,
  data,
  checklist,
  requirements,
  sources,
}

interface Heading {
  /** The name of a numbered register with an id, such as `Table 3`. */
  readonly number?: string
  readonly words: Words
  /** The author's own caption, with the number. */
  readonly caption?: readonly RootContent[]
}

/**
 * Fills one `::register{of=...}`. An unknown register or option is reported as `register-is-known` at its place and
 * marked on the page. A note below the register lists missing results; a register that depends on stale results is
 * marked as stale.
 */
export function fillRegister(place: RegisterPlace, facts: Facts, heading: Heading): RootContent[] {
  const problem = registerProblem(place, kinds)
  if (problem !== undefined) return refuse(place, problem)
  const kind = place.attributes.of!
  const register = kinds[kind]!
  try {
    const speech = speechOf(heading.words)
    const made = register.make(facts, place, speech)
    const nodes = Array.isArray(made) ? made : tableNodes(made as Content, place, heading)
    const all = [...nodes, ...absent(facts, speech)]
    return facts.isStale
      ? [element('div', { className: 'weft-stale', ...staleMark(heading.words) }, all)]
      : all
  } catch (cause) {
    return refuse(place, `Cannot fill the register \`${kind}\`, ${(cause as Error).message}`, cause)
  }
}

function refuse({ file, position, form }: RegisterPlace, reason: string, cause?: unknown): RootContent[] {
  fail(file, 'register-is-known', reason, position, { cause })
  const said = reason.replaceAll('`', '')
  if (form === 'textDirective') return [element('span', { className: 'weft-missing' }, [text(said)])]
  return [element('div', { className: 'weft-failure', role: 'alert' }, [paragraph(said)])]
}

// Paper that leaves the table out shows its caption only if it has a number, or words of the author.
function tableNodes(
  { table, caption: usual, isShort = false, onPaper: instead }: Content,
  { attributes: { id }, position }: RegisterPlace,
  { number, caption }: Heading,
): RootContent[] {
  const parseMarkdown = (markdown: string) => parseFragment(markdown, position!)
  const words = caption ?? captionNodes(usual, { id: id ?? '', number, parseMarkdown })
  const className = ['weft-table', 'weft-register', ...(isShort ? ['weft-whole'] : [])]
  const properties = { className, ...(id === undefined ? {} : { id }) }
  if (instead === undefined) return [element('figure', properties, [...words, table])]
  if (number !== undefined || caption)
    return [element('figure', properties, [...words, onPaper(instead), onScreen([table])])]
  return [onPaper(instead), onScreen([element('figure', properties, [...words, table])])]
}

// A list that looks complete but is not would mislead.
function absent({ missing }: Facts, { say, words, counted }: Speech): RootContent[] {
  const { cells, jobs } = missing
  if (cells.length === 0 && jobs === 0) return []
  const labels = cells
    .slice(0, mostNamed)
    .flatMap((label, index) => [index === 0 ? ' (' : ', ', code(`#${label}`)])
  const rest = cells.length > mostNamed ? ` ${words.card.andMore(cells.length - mostNamed)}` : ''
  const parts = [
    ...(cells.length > 0 ? [[counted(say.cellCount, cells.length), ...labels, `${rest})`]] : []),
    ...(jobs > 0 ? [[counted(words.card.jobCount, jobs)]] : []),
  ]
  const lacking = parts.flatMap((part, index) => (index === 0 ? part : [` ${words.front.and} `, ...part]))
  const [before, after] = say.incomplete
  const note = paragraph(before, ...lacking, after)
  return [element('div', { className: ['weft-failure'] }, [note])]
}

const mostNamed = 8
