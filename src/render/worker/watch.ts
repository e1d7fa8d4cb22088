import { orList, suggestion } from '../model/nearest.ts'
import type { Json } from '../model/types.ts'
import { isoDate } from '../output/print-value.ts'

interface Options {
  /** Called with every number, string and boolean that is read, and its path. */
  note(path: string, value: Json): void
  /** Names that the author may have meant by an unknown member. */
  readonly siblings: readonly string[]
}

/** Wraps a JSON value so that reads are noted, and reading an unknown member is an error that names it. */
export function watch(value: Json, path: string, options: Options): Json {
  if (typeof value !== 'object' || value === null) {
    options.note(path, value)
    return value
  }
  // A date works by itself alone.
  if ((value as unknown) instanceof Date) {
    options.note(path, isoDate(value as unknown as Date))
    return value
  }
  return new Proxy(value as object, {
    get(target, member, receiver) {
      if (typeof member === 'symbol' || member in Object.prototype)
        return Reflect.get(target, member, receiver)
      if (Object.hasOwn(target, member)) {
        const inner = Reflect.get(target, member, receiver) as Json
        return Array.isArray(target) && member === 'length'
          ? inner
          : watch(inner, memberPath(target, path, member), options)
      }
      if (Array.isArray(target) && member in Array.prototype) return Reflect.get(target, member, receiver)
      if (member === 'toJSON' || member === 'then') return undefined
      throw new Error(missing(target, path, member, options.siblings))
    },
  }) as Json
}

/** Gives the path of a member of the value at `path`, as an expression would write it. */
export function memberPath(target: object, path: string, member: string): string {
  if (Array.isArray(target)) return `${path}[${member}]`
  return /^[A-Za-z_$][\w$]*$/.test(member) ? `${path}.${member}` : `${path}[${JSON.stringify(member)}]`
}

function missing(target: object, path: string, member: string, siblings: readonly string[]): string {
  if (Array.isArray(target)) {
    const known = target.length > 0 ? `0 to ${target.length - 1}` : 'none: it is empty'
    return `Unknown element \`${member}\` of \`${path}\`, expected ${known}`
  }
  const members = Object.keys(target)
  // `binary.params` is probably another export of the same cell, `binaryParams`.
  const joined = path + member.charAt(0).toUpperCase() + member.slice(1)
  const near = siblings.includes(joined) ? `: did you mean \`${joined}\`?` : suggestion(member, members)
  return `Unknown property \`${member}\` of \`${path}\`, expected ${orList(members) || 'none'}${near}`
}
