import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'
import { suggestion } from '../render/model/nearest.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Reads the options and positional arguments of a command.
 * @throws where an option is unknown or has no value; the message lists the known ones
 */
export function readOptions<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: withNegatives(args, options), options, allowPositionals: true })
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
    const option = /^Option '(?:-\w, )?(--[\w-]+)\b.*' argument is ambiguous/.exec(message)?.[1]
    if (option !== undefined) {
      throw new Error(`Unexpected ${option} \`${args[args.indexOf(option) + 1]}\`, expected a value`)
    }
    throw new Error(message.split('. ')[0])
  }
}

// Node takes the `-1` of `--jobs -1` for an option; written `--jobs=-1`, it is a value that can be judged as such.
function withNegatives(args: readonly string[], options: Options): string[] {
  const takesValue = (word = '') => word.startsWith('--') && options[word.slice(2)]?.type === 'string'
  const isNegative = (word = '') => /^-\d/.test(word)
  return args.flatMap((arg, index) => {
    if (isNegative(arg) && takesValue(args[index - 1])) return []
    return takesValue(arg) && isNegative(args[index + 1]) ? [`${arg}=${args[index + 1]}`] : [arg]
  })
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
