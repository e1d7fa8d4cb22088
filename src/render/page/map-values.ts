import { createRequire } from 'node:module'
import {
  argumentCommands,
  commands,
  mathAccents,
  mathCommands,
  plainCommands,
  switches,
} from './tex-commands.ts'

interface Library {
  readonly plugins: {
    readonly input: { chain(entries: readonly object[], options: object): object[] }
    readonly config: { get(name: '@bibtex'): BibtexSettings }
  }
}

type Table = { [name: string]: unknown }

interface BibtexSettings {
  readonly constants: { readonly [table: string]: Table }
  readonly types: { readonly biblatex: { readonly source: Table } }
}

const tables = [
  'commands',
  'mathCommands',
  'diacritics',
  'argumentCommands',
  'formattingCommands',
  'formattingEnvs',
]
const { plugins, types } = openLibrary()

function openLibrary() {
  const require = createRequire(import.meta.url)
  const { plugins } = require('@citation-js/core') as Library
  require('@citation-js/plugin-bibtex')
  const { constants, types } = plugins.config.get('@bibtex')
  const without = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, undefined]))
  // It is an accent, too.
  delete constants.commands!.textcommabelow
  Object.assign(constants.commands!, commands)
  Object.assign(constants.mathCommands!, mathCommands)
  Object.assign(constants.diacritics!, mathAccents)
  Object.assign(constants.argumentCommands!, argumentCommands)
  Object.assign(constants.formattingCommands!, without(plainCommands))
  Object.assign(constants.formattingEnvs!, without(switches))
  // It asks whether a name is `in` a table: `\constructor` is in every object.
  for (const name of tables) Object.setPrototypeOf(constants[name]!, null)
  return { plugins, types: types.biblatex.source }
}

// The types of biblatex that the library does not know.
const aliases = new Map(
  Object.entries({
    suppbook: 'inbook',
    bookinbook: 'inbook',
    suppcollection: 'incollection',
    suppperiodical: 'article',
  }),
)

/**
 * Maps the prepared values of an entry to variables of Citation Style Language by citation-js, which knows TeX, names
 * and the types of biblatex. Throws for what it cannot read.
 */
export function mapValues(
  type: string,
  properties: Readonly<Record<string, string>>,
): { readonly [variable: string]: unknown } {
  const known = aliases.get(type) ?? (Object.hasOwn(types, type) ? type : 'misc')
  const [item] = plugins.input.chain([{ type: known, label: 'entry', properties }], {
    generateGraph: false,
    forceType: '@biblatex/entries+list',
  })
  return item as { readonly [variable: string]: unknown }
}

/** Says what of a value the library cannot read: its messages count lines, and show the rules of its grammar. */
export function reasonOf(error: unknown, value: string): string {
  if ((value.match(/(?<!\\)\$/g) ?? []).length % 2 === 1)
    return `expected a second \`$\` that ends its formula, or \`\\$\` for a dollar, found none in \`${value}\``
  const [first = ''] = (error as Error).message.split('\n')
  const reason = first
    .replace(/ at line \d+ col \d+:$/, '')
    .replace(/ got /, ' found ')
    .replace(/"(\w+)"|\bEOF\b/g, (token, name) => signs[name ?? token] ?? token)
  return `${reason.startsWith('invalid syntax') ? 'expected common TeX' : reason} in \`${value}\``
}

const signs: { readonly [token: string]: string } = {
  ...{
    lbrace: '`{`',
    rbrace: '`}`',
    mathShift: '`$`',
    comma: 'a comma',
    and: '`and`',
    text: 'text',
    EOF: 'its end',
  },
  ...{ whitespace: 'a space', command: 'a command', commandEnd: '`\\end`', hyphen: 'a hyphen' },
}
