import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'
import { suggestion } from '../../render/model/nearest.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Reads the options and files of a command.
 * @throws where an option is unknown or has no value; the message lists the known ones
 */
export function readOptions<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    const message = (error as Error).message
    const names = Object.keys(options).map((name) => `--${name}`)
    const unknown = /^Unknown option '(--?[^']+)'/.exec(message)?.[1]
    if (unknown !== undefined) {
      throw new Error(`Unknown option ${unknown}, expected ${names.join(', ')}${suggestion(unknown, names)}`)
    }
    const missing = /^Option '(?:-\w, )?(--[\w-]+) <value>' argument missing/.exec(message)?.[1]
    if (missing !== undefined)
      throw new Error(`Cannot read ${missing}, expected a value after it, found nothing`)
    // Node takes `-1` for an option.
    const [, option] = /^Option '(?:-\w, )?(--[\w-]+)\b.*' argument is ambiguous/.exec(message) ?? []
    if (option !== undefined) {
      throw new Error(`Unexpected ${option} \`${args[args.indexOf(option) + 1]}\`, expected a value`)
    }
    throw new Error(message.split('. ')[0])
  }
}

/** Gives the one file that a command is called with. */
export function oneFile(command: string, files: readonly string[]): string {
  const [file, ...others] = files
  if (file === undefined)
    throw new Error(`Cannot ${command}, expected a file, found nothing: see \`data --help\``)
  if (others.length > 0) throw new Error(`Unexpected ${others.join(' ')}, expected one file`)
  return file
}

/** Reads a whole number of an option. */
export function wholeNumber(
  name: string,
  text: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const number = Number(text)
  if (/^[0-9]+$/.test(text) && number >= least && number <= most) return number
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`
  throw new Error(`Unexpected ${name} \`${text}\`, expected a whole number ${range}`)
}

/** Reads one of some words of an option. */
export function oneOf<T extends string>(name: string, text: string, words: readonly T[]): T {
  if ((words as readonly string[]).includes(text)) return text as T
  throw new Error(`Unexpected ${name} \`${text}\`, expected ${words.join(', ')}${suggestion(text, words)}`)
}
