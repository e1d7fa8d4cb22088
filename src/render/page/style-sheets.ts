import { dirname, extname, join } from 'node:path/posix'
import { limits } from '../model/limits.ts'
import { failOr, warn } from '../model/messages.ts'
import type { Report } from '../model/types.ts'
import { placeOfMember } from '../syntax/front-matter.ts'
import { pathIn, pictureTypes } from './images.ts'

const mediaTypes: { readonly [extension: string]: string } = {
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  ...pictureTypes,
}

/**
 * Reads the style sheets of a report as one text, with the files that they name in it, since a page asks for nothing.
 * What cannot be read, or lies on the network, is an error at the sheet's name (`page-is-self-contained`).
 */
export function readStyleSheets(report: Report): string {
  const names = report.front.css ?? []
  return names
    .map((name, index) => {
      const refuse = (reason: string, cause?: unknown) => {
        const place = placeOfMember(report.files[0]!, names.length > 1 ? ['css', index] : ['css'])
        failOr('page-is-self-contained', report.files[0]!, reason, place, cause)
      }
      try {
        const text = new TextDecoder().decode(report.reader.read(name, limits.textBytes))
        return harmless(embedded(withoutImports(text, name, refuse), name, { report, refuse }))
      } catch (cause) {
        refuse(`Cannot read the style sheet \`${name}\`, ${reasonOf(cause, 'a CSS file')}`, cause)
        return ''
      }
    })
    .join('\n')
    .trim()
}

type Refuse = (reason: string, cause?: unknown) => void

// An element of style ends at its end tag, wherever that stands.
function harmless(css: string): string {
  return css.replace(/<\/(?=style)/gi, '<\\/')
}

const commentOrText = /\/\*.*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/s

type Replace = (written: string, ...groups: (string | undefined)[]) => string

// A comment asks for no file, and a text may have any words.
function replaceCode(css: string, pattern: RegExp, replace: Replace): string {
  const either = new RegExp(`(${commentOrText.source})|${pattern.source}`, 'gis')
  return css.replace(either, (written: string, skipped: string | undefined, ...groups: string[]) =>
    skipped === undefined ? replace(written, ...groups) : written,
  )
}

function withoutImports(css: string, name: string, refuse: Refuse): string {
  return replaceCode(css, /@import\s+(?:url\(\s*)?["']?([^"')\s;]+)[^;]*;?/, (_, imported) => {
    refuse(
      `Cannot import \`${imported}\` in \`${name}\`, expected all style sheets in the front matter: \`css: [${imported}, ${name}]\``,
    )
    return ''
  })
}

function embedded(
  css: string,
  name: string,
  { report, refuse }: { readonly report: Report; readonly refuse: Refuse },
): string {
  return replaceCode(
    css,
    /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)/,
    (written, double, single, bare) => {
      const address = String(double ?? single ?? bare)
      if (/^data:|^#/i.test(address)) return written
      const refused = (reason: string, cause?: unknown) => {
        refuse(`Cannot embed \`${address}\` of the style sheet \`${name}\`, ${reason}`, cause)
        return 'url("data:,")'
      }
      if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address))
        return refused('expected a file beside it, found an address')
      try {
        const path = join(dirname(name), pathIn(address))
        const mediaType = mediaTypes[extname(path).toLowerCase()]
        if (!mediaType) return refused(`expected one of ${Object.keys(mediaTypes).join(', ')}`)
        const bytes = report.reader.read(path, limits.fileBytes)
        return `url("data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}")`
      } catch (cause) {
        return refused(reasonOf(cause, 'a file'), cause)
      }
    },
  )
}

function reasonOf(cause: unknown, wanted: string): string {
  const { code, message } = cause as NodeJS.ErrnoException
  return code === 'ENOENT' ? `expected ${wanted}, found none` : message
}

/** Reports that the style sheets of a report that is not trusted are left out: they could hide and invent words. */
export function refuseStyleSheets({ front, files }: Report): void {
  if (!front.css?.length) return
  const reason = `Cannot use the style sheet${front.css.length > 1 ? 's' : ''} of a report that is not trusted, it could hide words and invent others`
  warn(files[0]!, 'report-is-harmless', reason, placeOfMember(files[0]!, ['css']))
}
