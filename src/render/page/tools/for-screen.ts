import type { Element, ElementContent, Root } from 'hast'
import type { RenderedReport } from '../../model/types.ts'
import { classesOf, elementsIn, h, textContent } from '../hast.ts'
import { chartData } from './chart-data.ts'
import { tableData } from './data-table.ts'
import { toolbar } from './toolbar.ts'

type Outputs = Pick<RenderedReport, 'drawn' | 'tabled'>

/**
 * Gives a copy of a body with what only a screen can use: a link past the contents, a box for each drawing, and
 * below each figure and table its data and the way to its cell. Elements that stay as they are, are shared.
 */
export function forScreen(body: Root, outputs: Outputs): Root {
  const ids = new Set<string>()
  for (const { properties } of elementsIn(body)) if (typeof properties.id === 'string') ids.add(properties.id)
  const children = inChildren(body.children as ElementContent[], { outputs, ids })
  const skip = h('a', { className: ['weft-skip', 'weft-screen'], href: '#weft-main' }, [
    { type: 'text', value: 'Skip to the text' },
  ])
  return { ...body, children: [skip, ...children] }
}

interface Context {
  readonly outputs: Outputs
  readonly ids: ReadonlySet<string>
}

function inChildren(children: readonly ElementContent[], context: Context): ElementContent[] {
  return children.flatMap((child) => (child.type === 'element' ? inElement(child, context) : [child]))
}

function inElement(element: Element, context: Context): ElementContent[] {
  const classes = classesOf(element)
  if (classes.includes('weft-figure')) return [withBox(element), ...figureTools(element, context)]
  if (classes.includes('weft-table')) return [element, ...tableTools(element, context)]
  return [{ ...named(element), children: inChildren(element.children, context) }]
}

// What a reader who sees no page is told of its parts.
function named(element: Element): Element {
  const { tagName, properties } = element
  if (tagName === 'main') return { ...element, properties: { id: 'weft-main', tabIndex: -1, ...properties } }
  if (tagName === 'input' && properties.type === 'checkbox')
    return { ...element, properties: { ariaLabel: 'Done', ...properties } }
  if (!classesOf(element).includes('weft-notice')) return element
  const { role, ...rest } = properties
  return { ...element, tagName: 'aside', properties: { ...rest, ariaLabel: 'Notice' } }
}

// The box scrolls where the screen is narrower than the drawing, and is where keys reach it.
function withBox(figure: Element): Element {
  const isCaption = (child: ElementContent) => child.type === 'element' && child.tagName === 'figcaption'
  const drawing = figure.children.filter((child) => !isCaption(child)).map(withoutRoles)
  const label = `Drawing of ${nameOfOutput(figure)}`
  const box = h('div', { className: ['weft-drawing'], tabIndex: 0, role: 'group', ariaLabel: label }, drawing)
  return { ...figure, children: [box, ...figure.children.filter(isCaption)] }
}

// Vega calls every group of marks a graphic; the drawing is one image, with one alternative text.
function withoutRoles(child: ElementContent): ElementContent {
  if (child.type !== 'raw') return child
  const value = child.value.replace(/ role="graphics-[a-z]+" aria-roledescription="[^"]*"/g, '')
  return { ...child, value }
}

function figureTools(figure: Element, { outputs, ids }: Context): Element[] {
  const id = String(figure.properties.id ?? '')
  const drawn = outputs.drawn.find((one) => one.id === id)
  const data = drawn && chartData(drawn.spec)
  return toolbar({ id, name: nameOfOutput(figure), cell: cellOf(id, ids), data, isFolded: true })
}

function tableTools(table: Element, { outputs, ids }: Context): Element[] {
  const id = String(table.properties.id ?? '')
  const tabled = outputs.tabled?.find((one) => one.id === id)
  const data = tabled && tableData(tabled.table)
  return toolbar({ id, name: nameOfOutput(table), cell: cellOf(id, ids), data, isFolded: false })
}

// A cell's first output has its label as its id, the others a number after it.
function cellOf(id: string, ids: ReadonlySet<string>): string | undefined {
  return [`cell-${id}`, `cell-${id.replace(/-\d+$/, '')}`].find((cell) => ids.has(cell))
}

function nameOfOutput(output: Element): string {
  let name = ''
  for (const element of elementsIn(output))
    if (name === '' && classesOf(element).includes('weft-number'))
      name = textContent(element).replace(/\.$/, '')
  return name || String(output.properties.id ?? 'this output')
}
