import type { Directives } from 'mdast-util-directive'
import type { Node } from 'unist'
import type { VFile } from 'vfile'
import { orList, suggestion } from '../model/nearest.ts'
import type { Position, RegisterForm, RegisterForms } from '../model/types.ts'
import { isDirective } from './directives.ts'

/** One `::register{of=...}` of a report, with its position. */
export interface RegisterPlace {
  readonly file: VFile
  readonly position: Position | undefined
  /** Only a leaf directive, on a line of its own, can be filled. */
  readonly form: Directives['type']
  readonly attributes: Readonly<Record<string, string>>
}

/** Checks whether a node is a register that is filled here; citations make the list of references. */
export function isRegister(node: Node): node is Directives {
  return isDirective(node) && node.name === 'register' && node.attributes?.of !== 'references'
}

/** Gives the attributes of a register and its position. */
export function placeOfRegister(node: Directives, file: VFile): RegisterPlace {
  const given = Object.entries(node.attributes ?? {})
  const attributes = Object.fromEntries(given.map(([name, value]) => [name, value ?? '']))
  return { file, position: node.position, attributes, form: node.type }
}

/** Says what is wrong with a register; undefined for a valid one. */
export function registerProblem(
  { attributes, form }: RegisterPlace,
  registers: RegisterForms,
): string | undefined {
  if (form !== 'leafDirective')
    return 'Unexpected register in a line or as a block, expected `::register{of=...}` on a line of its own'
  const names = [...Object.keys(registers), 'references']
  const { of: kind } = attributes
  if (kind === undefined || kind === '')
    return `Unexpected register of nothing, expected \`::register{of=...}\` of ${orList(names)}`
  if (!Object.hasOwn(registers, kind))
    return `Unexpected register \`${kind}\`, expected ${orList(names)}${suggestion(kind, names)}`
  const known = optionsOf(registers[kind]!)
  const unknown = Object.keys(attributes).find((name) => !known.includes(name))
  if (unknown === undefined) return undefined
  return `Unexpected option \`${unknown}\` of the register \`${kind}\`, expected ${orList(known)}${suggestion(unknown, known)}`
}

function optionsOf({ options, isTable }: RegisterForm): string[] {
  return ['of', ...(isTable ? ['id', 'caption'] : []), ...options]
}

/** A caption that an author gave to a register, with its position. */
interface CaptionOfAuthor {
  /** Markdown. */
  readonly caption: string
  readonly file: string
  readonly position: Position
}

/** Gives the author's caption of a register; undefined if there is none or the register is invalid. */
export function captionOfAuthor(place: RegisterPlace, registers: RegisterForms): CaptionOfAuthor | undefined {
  const { caption } = place.attributes
  if (caption === undefined || registerProblem(place, registers) !== undefined) return undefined
  return { caption, file: place.file.path, position: place.position! }
}
