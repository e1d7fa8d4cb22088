import { readFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import type { Element, Root } from 'hast'
import type { VFile } from 'vfile'
import { fail } from '../model/messages.ts'
import { fileInsideSuggestion } from '../model/nearest-file.ts'
import { visit } from '../model/visit.ts'
import { elementsIn, h } from './hast.ts'

/** The media types of pictures of pixels, by the ends of their names. */
export const pixelTypes: { readonly [extension: string]: string } = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
}

/** The media types of all pictures. */
export const pictureTypes: typeof pixelTypes = { ...pixelTypes, '.svg': 'image/svg+xml' }

/**
 * Writes images of a chapter into the page itself; their addresses are relative to the chapter. One that cannot
 * be read, or lies on the network, is an error at its place (`page-is-self-contained`).
 */
export async function embedImages(tree: Root, file: VFile): Promise<void> {
  const images = [...elementsIn(tree)].filter(({ tagName }) => tagName === 'img')
  await Promise.all(images.map((image) => embed(image, file)))
}

/** Reports markup written as HTML that asks for a file: it stays as it is, and the file is not there. */
export function reportOutsideMarkup(tree: Root, file: VFile): void {
  visit(tree, 'raw', ({ value, position }) => {
    const asking =
      /<(?:img|script|link|iframe|source|video|audio|embed)\b[^>]*?\s(?:src|href|srcset)\s*=\s*["']?(?!data:|#)([^\s"'>]+)/i
    const [, address] = asking.exec(value) ?? []
    if (address === undefined) return
    const reason = `Cannot embed \`${address}\` of markup, expected an image written in Markdown`
    fail(file, 'page-is-self-contained', reason, position)
  })
}

/** Gives the path that an address names, without its query. Throws `expected …` for a broken escape. */
export function pathIn(address: string): string {
  try {
    return decodeURIComponent(address.replace(/[?#].*$/s, ''))
  } catch (cause) {
    const wanted = 'expected an address whose `%` are followed by two hexadecimal digits'
    throw new Error(wanted, { cause })
  }
}

async function embed(image: Element, file: VFile): Promise<void> {
  const source = String(image.properties.src ?? '')
  if (/^data:/i.test(source)) return
  const reason = await read(source, file).then(
    (url) => {
      image.properties.src = url
      return undefined
    },
    (error: Error) => error.message,
  )
  if (reason === undefined) return
  fail(file, 'page-is-self-contained', `Cannot embed the image \`${source}\`, ${reason}`, image.position)
  const words = String(image.properties.alt || source)
  Object.assign(image, h('span', { className: ['weft-missing'] }, [{ type: 'text', value: `[${words}]` }]))
}

async function read(source: string, file: VFile): Promise<string> {
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(source))
    throw new Error('expected a file beside the chapter, found an address')
  const path = pathIn(source)
  const mediaType = pictureTypes[extname(path).toLowerCase()]
  if (!mediaType) throw new Error(`expected one of ${Object.keys(pictureTypes).join(', ')}`)
  const folder = resolve(file.cwd, file.path ? dirname(file.path) : '.')
  try {
    const bytes = await readFile(resolve(folder, path))
    return `data:${mediaType};base64,${bytes.toString('base64')}`
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const near = fileInsideSuggestion(path, folder)
    throw new Error(code === 'ENOENT' ? `there is no such file${near}` : `it cannot be read (${code})`)
  }
}
