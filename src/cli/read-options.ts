import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'
import { suggestion } from '../render/model/nearest.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Reads the options and positional arguments of a command. A value that begins with a dash counts as a missing value,
 * unless it is a negative number, which the caller can judge.
 * @throws if an option is unknown (the message then lists the known ones), lacks its value or has an unexpected one
 */
export function readOptions<T extends Options>(args: readonly string[], options: T) {
  const config = { args: [...args], options, allowPositionals: true } as const
  // Node reports a wrong option only as text, so we check its tokens ourselves.
  const { tokens, ...read } = parseArgs({ ...config, strict: false, tokens: true })
  for (const token of tokens) if (token.kind === 'option') assertOption(token, options)
  return read as ReturnType<typeof parseArgs<typeof config>>
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function assertOption({ name, rawName, value, inlineValue }: OptionToken, options: Options): void {
  if (!Object.hasOwn(options, name)) {
    const names = Object.keys(options).map((known) => `--${known}`)
    throw new Error(`Unknown option ${rawName}, expected ${names.join(', ')}${suggestion(rawName, names)}`)
  }
  const { type, short } = options[name]!
  if (type === 'boolean' && value !== undefined)
    throw new Error(`Option '${short ? `-${short}, ` : ''}--${name}' does not take an argument`)
  if (type === 'string' && value === undefined)
    throw new Error(`Cannot read --${name}, expected a value after it, found nothing`)
  if (!inlineValue && /^-\D/.test(value ?? ''))
    throw new Error(`Unexpected ${rawName} \`${value}\`, expected a value`)
}

/** Gives the one file in the arguments of a command. */
export function oneFile(command: string, files: readonly string[]): string {
  const [file, ...others] = files
  if (file === undefined)
    throw new Error(`Cannot ${command}, expected a file, found nothing: see \`weft data --help\``)
  if (others.length > 0) throw new Error(`Unexpected ${others.join(' ')}, expected one file`)
  return file
}

/** Reads the value of an option as a whole number. */
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

/** Reads the value of an option as one of some words. */
export function oneOf<T extends string>(name: string, text: string, words: readonly T[]): T {
  if ((words as readonly string[]).includes(text)) return text as T
  throw new Error(`Unexpected ${name} \`${text}\`, expected ${words.join(', ')}${suggestion(text, words)}`)
}
