import { dirname, join, relative, sep } from 'node:path'
import type { Element } from 'hast'
import type { VFile } from 'vfile'
import { fail, warn } from '../model/messages.ts'
import type { Report } from '../model/types.ts'
import { classesOf } from '../page/hast.ts'
import { cleanText } from './clean-text.ts'
import { embedPicture } from './embed-picture.ts'

const rule = 'report-is-harmless'

/** What the tool itself names in a page, and its styles go by. */
const ownId = /^(?:weft-|cell-|ref-|source-|c\d+-)/i
const ownClass = /^(?:weft-|katex|t-)/

/** Takes from one element what its author may not decide, with a message at its place; changes it. */
export function purgeElement(element: Element, file: VFile, report: Report): void {
  const { properties, tagName } = element
  for (const [name, value] of Object.entries(properties))
    if (typeof value === 'string') properties[name] = cleanText(value)
  if (/^h[1-6]$/.test(tagName)) purgeHeading(element, file)
  if (tagName === 'figure' || /^h[1-6]$/.test(tagName)) purgeId(element, file)
  if (tagName === 'code') purgeCode(element)
  if (tagName === 'a') purgeLink(element, file)
  if (tagName === 'img') purgeImage(element, file, report)
}

// An author gives classes to headings alone.
function purgeHeading(heading: Element, file: VFile): void {
  const classes = classesOf(heading)
  const own = classes.filter((name) => ownClass.test(name))
  if (own.length > 0) {
    const reason = `Unexpected class \`.${own[0]}\` at a heading, expected none of the tool's own`
    fail(file, rule, reason, heading.position)
  }
  if (classes.length > 0) heading.properties.className = classes.filter((name) => name === 'unnumbered')
}

function purgeId({ properties, position }: Element, file: VFile): void {
  const { id } = properties
  if (id === undefined || (/^[a-z][\w:.-]*$/i.test(String(id)) && !ownId.test(String(id)))) return
  delete properties.id
  fail(
    file,
    rule,
    `Unexpected label \`#${String(id).slice(0, 80)}\`, expected none of the tool's own`,
    position,
  )
}

// The language of a fence: with a form feed in it, one class would be two.
function purgeCode({ properties }: Element): void {
  if (properties.className === undefined) return
  const known = ['math-inline', 'math-display']
  const classes = (properties.className as readonly string[]).filter(
    (name) => known.includes(name) || /^language-[\w+#.-]+$/.test(name),
  )
  properties.className = classes
}

function purgeLink({ properties, position }: Element, file: VFile): void {
  const { href } = properties
  if (href === undefined || /^(?:#|https?:\/\/|mailto:)/i.test(String(href))) return
  delete properties.href
  const wanted = 'an address that begins with https:, http:, mailto: or #'
  warn(
    file,
    rule,
    `Unexpected link \`${String(href).slice(0, 80)}\`, expected ${wanted}: its words stay`,
    position,
  )
}

function purgeImage(image: Element, file: VFile, { reader, folder }: Report): void {
  const source = String(image.properties.src ?? '')
  const own = relative(folder, join(file.cwd, dirname(file.path)))
  try {
    image.properties.src = embedPicture(source, own.split(sep).join('/'), reader.read)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : message
    fail(file, rule, `Cannot embed the image \`${source.slice(0, 80)}\`, ${reason}`, image.position, {
      cause,
    })
    const words = { type: 'text', value: `[${image.properties.alt || source.slice(0, 80)}]` } as const
    image.tagName = 'span'
    image.properties = { className: ['weft-missing'] }
    image.children = [words]
  }
}
