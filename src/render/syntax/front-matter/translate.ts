import { found } from '../../model/found.ts'
import { suggestion } from '../../model/nearest.ts'
import type { Problem } from './authors.ts'
import { otherNames } from './other-names.ts'
import { type Member, schema } from './schema.ts'

/** A front matter with the members of Weft alone. */
interface Translated {
  readonly data: unknown
  readonly problems: readonly Problem[]
  /** Where a member of `data` was written. */
  origin(path: readonly PropertyKey[]): readonly PropertyKey[]
}

const names = Object.keys(schema.shape)

/** Finds the members of Weft in a front matter that may name them as Quarto does, also below a format. */
export function translate(data: unknown): Translated {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { data, problems: [], origin: (path) => path }
  const translation = new Translation()
  translation.addAll(data as Members, [])
  return translation.result()
}

type Members = Readonly<Record<string, unknown>>

class Translation {
  readonly #data: Record<string, unknown> = {}
  readonly #origins = new Map<PropertyKey, readonly PropertyKey[]>()
  readonly #problems: Problem[] = []
  #depth: number | undefined
  #isFolded: boolean | undefined

  addAll(members: Members, path: readonly string[]): void {
    for (const [key, value] of Object.entries(members)) this.#add(key, value, [...path, key])
  }

  result(): Translated {
    // How deep contents go says nothing where there are none.
    if (this.#depth !== undefined && this.#data.contents === true) this.#data.contents = this.#depth
    // Code that is hidden cannot be folded.
    const { echo = 'show' } = this.#data
    if (this.#isFolded !== undefined && echo === 'show') this.#data.echo = this.#isFolded ? 'fold' : 'show'
    return {
      data: this.#data,
      problems: this.#problems,
      origin: ([first, ...rest]) =>
        first === undefined ? [] : [...(this.#origins.get(first) ?? [first]), ...rest],
    }
  }

  #add(key: string, value: unknown, path: readonly string[]): void {
    const plain = key.toLowerCase().replaceAll('_', '-')
    const isTop = path.length === 1
    if ((plain === 'format' || (plain === 'output' && isTop)) && this.#addFormats(value, path)) return
    if (plain === 'execute' && isObject(value)) {
      this.addAll(value, path)
      return
    }
    if (plain === 'toc-depth' && typeof value === 'number') {
      this.#depth = value
      return
    }
    if (plain === 'code-fold') {
      this.#isFolded = value !== false && value !== 'none'
      return
    }
    // `echo: fold` is our own word, `echo: false` is not.
    const meaning = Object.hasOwn(otherNames, plain) ? otherNames[plain]!(value) : undefined
    if (meaning === 'given') return
    if (meaning === undefined && names.includes(key)) this.#put(key as Member, value, path)
    else if (meaning === undefined)
      this.#refuse(path, `expected one of ${names.join(', ')}${suggestion(key, names)}`)
    else if ('instead' in meaning) this.#refuse(path, meaning.instead)
    else this.#put(meaning.member, meaning.value, path)
  }

  #put(member: Member, value: unknown, path: readonly string[]): void {
    const before = this.#data[member]
    const isParts = member === 'margin' && isObject(before) && isObject(value)
    if (before === undefined || isParts) {
      this.#data[member] = isParts ? { ...before, ...value } : value
      this.#origins.set(member, path)
      return
    }
    if (JSON.stringify(before) === JSON.stringify(value)) return
    const first = this.#origins.get(member)!.join('.')
    this.#refuse(
      path,
      `expected \`${member}\` once: \`${first}\` says ${found(before)}, this ${found(value)}`,
    )
  }

  #refuse(path: readonly string[], reason: string): void {
    this.#problems.push({ path, reason: `Unexpected \`${path.join('.')}\`, ${reason}` })
  }

  // Weft makes a page and a PDF of every report: what is said of one of them holds for both.
  #addFormats(value: unknown, path: readonly string[]): boolean {
    if (typeof value === 'string' || Array.isArray(value)) {
      const others = [value].flat().filter((name) => !formats.test(String(name)))
      for (const name of others) this.#refuse(path, formatReason(String(name)))
      return true
    }
    if (!isObject(value)) return false
    for (const [name, members] of Object.entries(value)) {
      const at = [...path, name]
      if (!formats.test(name)) this.#refuse(at, formatReason(name))
      else if (isObject(members)) this.addAll(members, at)
      else if (members !== 'default' && members !== null)
        this.#refuse(at, `expected members such as \`papersize: a4\`, found ${found(members)}`)
    }
    return true
  }
}

const formats = /^(?:html|pdf|typst|latex|default|html4|html5)(?:[_-]document2?)?$/

function formatReason(name: string): string {
  return `Weft makes a page and a PDF of every report, not \`${name}\`: remove it`
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
