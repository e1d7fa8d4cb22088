import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { VFile } from 'vfile'
import { limits } from '../model/limits.ts'
import { failOr } from '../model/messages.ts'
import { fileInsideSuggestion } from '../model/nearest-file.ts'
import type { Report } from '../model/types.ts'
import { placeOfMember } from '../syntax/front-matter.ts'

/** Reads the CSL style of a report, the house's own by default; undefined, with a message, if it cannot be used. */
export function readStyle({ front, files, folder, reader }: Report): string | undefined {
  if (front.csl === undefined)
    return readFileSync(fileURLToPath(new URL('numeric.csl', import.meta.url)), 'utf8')
  try {
    const xml = new TextDecoder().decode(reader.read(front.csl, limits.textBytes))
    if (!/<style[^>]*\sclass="in-text"/.test(xml) || !/citation-format="/.test(xml))
      throw new Error('expected a CSL style of the class in-text with a category citation-format, found none')
    checkMacros(xml)
    return xml
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const absent = `expected a CSL file, found none${fileInsideSuggestion(front.csl, folder)}`
    reportStyle(files[0]!, front.csl, code === 'ENOENT' ? absent : message, cause)
    return undefined
  }
}

/** Throws for a style whose macros call themselves, or each other so often that citing would never end. */
function checkMacros(xml: string): void {
  const bodies = new Map(
    [
      ...xml
        .replace(/<!--[\s\S]*?-->/g, '')
        .matchAll(/<macro\s[^>]*?name="([^"]*)"[^>]*>([\s\S]*?)<\/macro>/g),
    ].map(([, name, body]) => [
      name!,
      [...body!.matchAll(/\smacro="([^"]*)"/g)].map(([, called]) => called!),
    ]),
  )
  const sizes = new Map<string, number>()
  const sizeOf = (name: string, path: readonly string[]): number => {
    if (path.includes(name))
      throw new Error(
        `expected macros that do not call themselves, found ${[...path.slice(path.indexOf(name)), name].join(' -> ')}`,
      )
    const known = sizes.get(name)
    if (known !== undefined) return known
    const called = bodies.get(name) ?? []
    const size = called.reduce((sum, one) => sum + sizeOf(one, [...path, name]), 1)
    if (size > limits.styleMacros)
      throw new Error(
        `expected macros that call at most ${limits.styleMacros} others, found ${name} with more`,
      )
    sizes.set(name, size)
    return size
  }
  for (const name of bodies.keys()) sizeOf(name, [])
}

/** Reports that a style cannot be used. */
export function reportStyle(main: VFile, name: string, reason: string, cause: unknown): void {
  const place = placeOfMember(main, ['csl'])
  failOr('bibliography-reads', main, `Cannot use the style \`${name}\`, ${reason}`, place, cause)
}
