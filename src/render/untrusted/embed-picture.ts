import { extname } from 'node:path'
import { limits } from '../model/limits.ts'
import { UntrustedInputError } from '../model/messages.ts'
import type { Reader } from '../model/types.ts'

const mediaTypes: { readonly [extension: string]: string } = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
}

/**
 * Gives the `data:` address of a picture in the report's folder, or of one that is written into it already. Throws
 * `UntrustedInputError` for any other address, and for what is no picture of pixels: a drawing in SVG may hold a program.
 *
 * @param chapterFolder Of the chapter, relative to the report's folder.
 */
export function embedPicture(source: string, chapterFolder: string, read: Reader['read']): string {
  if (/^data:/i.test(source)) return checkedData(source)
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(source))
    throw new UntrustedInputError('expected a file beside the chapter, found an address')
  const path = decoded(source.replace(/[?#].*$/s, ''))
  const extension = extname(path).toLowerCase()
  const type = Object.hasOwn(mediaTypes, extension) ? mediaTypes[extension] : undefined
  if (!type) throw new UntrustedInputError(`expected one of ${Object.keys(mediaTypes).join(', ')}`)
  // The name first: put behind a folder, an address would pass for a name.
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(path))
    throw new UntrustedInputError('expected a file beside the chapter')
  const bytes = read(chapterFolder === '' ? path : `${chapterFolder}/${path}`)
  checkSize(bytes)
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    throw new UntrustedInputError('expected an address whose `%` are followed by two hexadecimal digits')
  }
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
