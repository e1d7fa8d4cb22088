import { orList, suggestion } from '../model/nearest.ts'
import type { RegisterForm, RegisterForms } from '../model/types.ts'
import type { Place } from './place.ts'

/** Says why a register cannot be what it asks to be; undefined for one that can. */
export function problemOf({ attributes, form }: Place, registers: RegisterForms): string | undefined {
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
