import { dirname, extname, join, sep } from 'node:path'
import type { Element } from 'hast'
import type { VFile } from 'vfile'
import { limits } from '../model/limits.ts'
import { fail, UntrustedInputError, warn } from '../model/messages.ts'
import { pathFrom } from '../model/paths.ts'
import type { Reader, Report } from '../model/types.ts'
import { classesOf } from '../page/hast.ts'
import { pathIn, pixelTypes } from '../page/images.ts'
import { cleanText } from './clean-text.ts'

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
  const own = pathFrom(folder, join(file.cwd, dirname(file.path)))
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

/**
 * Gives the `data:` address of a picture in the report's folder, or of one that is written into it already. Throws
 * an error for any other address, and for what is no picture of pixels: a drawing in SVG may hold a program.
 *
 * @param chapterFolder Of the chapter, relative to the report's folder.
 */
function embedPicture(source: string, chapterFolder: string, read: Reader['read']): string {
  if (/^data:/i.test(source)) return checkedData(source)
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(source))
    throw new UntrustedInputError('expected a file beside the chapter, found an address')
  const path = pathIn(source)
  const extension = extname(path).toLowerCase()
  const type = Object.hasOwn(pixelTypes, extension) ? pixelTypes[extension] : undefined
  if (!type) throw new UntrustedInputError(`expected one of ${Object.keys(pixelTypes).join(', ')}`)
  // The name first: put behind a folder, an address would pass for a name.
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(path))
    throw new UntrustedInputError('expected a file beside the chapter')
  const bytes = read(chapterFolder === '' ? path : `${chapterFolder}/${path}`)
  checkSize(bytes)
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}

function checkedData(source: string): string {
  const [, type, base64] =
    /^data:(image\/(?:png|jpeg|gif|webp|avif));base64,([A-Za-z0-9+/]+={0,2})$/.exec(source) ?? []
  if (type === undefined || base64 === undefined)
    throw new UntrustedInputError('expected `data:` of a PNG, JPEG, GIF, WebP or AVIF in base64')
  checkSize(Buffer.from(base64, 'base64'))
  return source
}

// A few bytes may unpack to more than a machine can hold.
function checkSize(bytes: Uint8Array): void {
  const { buffer, byteOffset, byteLength } = bytes
  const view = new DataView(buffer, byteOffset, byteLength)
  if (byteLength < 24 || view.getUint32(0) !== 0x89504e47) return
  const pixels = view.getUint32(16) * view.getUint32(20)
  if (pixels > limits.pixels)
    throw new UntrustedInputError(`expected at most ${limits.pixels} pixels, found ${pixels}`)
}
