import { seededRandom } from '../../../src/statistics/random.ts'
import { element, renderedOf, text } from '../page/rendered-of.ts'

const words =
  'the network layer weight of a and rate that is seen image batch epoch accuracy loss for each seed mean deep wide training test class dress bag letter'.split(
    ' ',
  )

/** A figure of a random report. */
export interface RandomFigure {
  readonly id: string
  readonly heightPx: number
}

/** Figures of random sizes between random paragraphs, each mentioned before it stands, in two chapters with sections. */
export function randomReport(seed: number, count = 40) {
  const random = seededRandom(seed)
  const between = (least: number, most: number) => least + random.below(most - least + 1)
  const sentence = () => {
    const said = Array.from({ length: between(6, 22) }, () => words[between(0, words.length - 1)]!)
    return `${said.join(' ')}. `.replace(/^./, (first) => first.toUpperCase())
  }
  const paragraph = () => Array.from({ length: between(2, 8) }, sentence).join('')
  const figures: RandomFigure[] = []
  const nodes: Record<string, readonly unknown[]> = {}
  const chapters = ['In short.', '', '']
  for (let index = 0; index < count; index++) {
    const chapter = index < count / 2 ? 1 : 2
    if (index % (count / 2) === 0) chapters[chapter] += `# Chapter ${chapter}\n\n${paragraph()}\n\n`
    else if (random.uniform() < 0.25) chapters[chapter] += `## Section ${index}\n\n${paragraph()}\n\n`
    const id = `fig-${index + 1}`
    const heightPx = between(90, 560)
    figures.push({ id, heightPx })
    const key = `FIGURE${index + 1}`
    nodes[key] = [figureOf(id, index + 1, heightPx)]
    const mention = `${sentence()}[Figure ${index + 1}](#${id}) shows it. ${paragraph()}`
    const others = Array.from({ length: random.uniform() < 0.2 ? 0 : between(1, 3) }, paragraph)
    chapters[chapter] += `${mention}\n\n${key}\n\n${others.map((other) => `${other}\n\n`).join('')}`
  }
  return { rendered: renderedOf(chapters, { front: { contents: true }, nodes }), figures }
}

function figureOf(id: string, number: number, heightPx: number) {
  const box = { style: `height:${heightPx}px;border:1px solid #000` }
  return element('figure', { id, className: ['weft-figure'] }, [
    element('div', box, []),
    element('figcaption', {}, [text(`Figure ${number}. What was seen in case ${number}.`)]),
  ])
}
