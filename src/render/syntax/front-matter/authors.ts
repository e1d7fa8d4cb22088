import { z } from 'zod'
import type { Author } from '../../model/types.ts'

const text = z.string().min(1)

const place = z.strictObject({
  id: text.optional().describe('A short name, which authors write in the place of this affiliation.'),
  ref: text.optional().describe('The `id` of an affiliation of the list `affiliations`.'),
  name: text.optional().describe('The institution.'),
  department: text.optional(),
  group: text.optional(),
  address: text.optional(),
  city: text.optional(),
  region: text.optional(),
  state: text.optional(),
  'postal-code': text.optional(),
  country: text.optional(),
  url: text.optional().describe('Not printed.'),
})

type Place = z.infer<typeof place>

const affiliation = z.union([text, place])
const oneOrMore = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item)])

const naming = z.strictObject({
  given: text.optional(),
  family: text.optional(),
  literal: text.optional().describe('The whole name as it is printed.'),
  particle: text.optional().describe('Between the other two: `van der`.'),
})

const person = z.strictObject({
  name: z.union([text, naming]).describe('The name as it is printed, or its parts.'),
  affiliation: oneOrMore(affiliation)
    .optional()
    .describe('Where the author works: a text, parts of it, or the `id` of one of `affiliations`.'),
  affiliations: oneOrMore(affiliation).optional().describe('The same as `affiliation`.'),
  email: z
    .string()
    .regex(/^\S+@\S+\.\S+$/)
    .optional(),
  orcid: z.string().refine(isOrcid).optional().describe('The ORCID iD, 0000-0002-1825-0097, or its address.'),
  url: z
    .string()
    .regex(/^https?:\/\/\S+$/)
    .optional()
    .describe('A page of the author.'),
  corresponding: z.boolean().optional().describe('Whether to write to this author.'),
  attributes: z
    .strictObject({ corresponding: z.boolean().optional() })
    .optional()
    .describe('Where Quarto has `corresponding`.'),
})

/** The member `author`: a name, a person, or a list of them. */
export const authors = oneOrMore(z.union([text, person]))
/** The member `affiliations`. */
export const affiliations = oneOrMore(affiliation)

/** A mistake that shows only when members are put together. */
export interface Problem {
  readonly path: readonly PropertyKey[]
  readonly reason: string
}

/** Gives the authors, each with the texts of its affiliations, and what is wrong with them. */
export function toAuthors(
  given: z.infer<typeof authors>,
  shared: z.infer<typeof affiliations> | undefined,
): { readonly authors: readonly Author[]; readonly problems: readonly Problem[] } {
  const known = new Map(
    listOf(shared ?? []).flatMap((one) =>
      typeof one === 'string' ? [[one, one]] : [[one.id ?? one.name ?? '', textOf(one)]],
    ) as [string, string][],
  )
  const problems: Problem[] = []
  const all = listOf(given).map((one, index): Author => {
    if (typeof one === 'string') return { name: one, affiliations: [] }
    const { name, email, orcid, url } = one
    const member = one.affiliations === undefined ? 'affiliation' : 'affiliations'
    const own = [...listOf(one.affiliation ?? []), ...listOf(one.affiliations ?? [])]
    const at = Array.isArray(given) ? ['author', index] : ['author']
    return {
      name: nameOf(name),
      affiliations: own.map((each) => {
        const ref = typeof each === 'string' ? each : each.ref
        if (typeof each !== 'string' && ref !== undefined && !known.has(ref))
          problems.push({ path: [...at, member], reason: unknownReason(ref, [...known.keys()]) })
        return (
          (ref === undefined ? undefined : known.get(ref)) ?? (typeof each === 'string' ? each : textOf(each))
        )
      }),
      ...(email !== undefined && { email }),
      ...(orcid !== undefined && { orcid: digitsOf(orcid) }),
      ...(url !== undefined && { url }),
      ...((one.corresponding ?? one.attributes?.corresponding) && { isCorresponding: true as const }),
    }
  })
  return { authors: all, problems }
}

function unknownReason(ref: string, ids: readonly string[]): string {
  const wanted =
    ids.length > 0 ? `one of ${ids.join(', ')}` : 'one that the list `affiliations` names by its `id`'
  return `Unexpected affiliation \`${ref}\`, expected ${wanted}`
}

function listOf<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value as Item]
}

function nameOf(name: string | z.infer<typeof naming>): string {
  if (typeof name === 'string') return name
  return name.literal ?? [name.given, name.particle, name.family].filter(Boolean).join(' ')
}

function textOf(place: Place): string {
  const { name, group, department, address, city, region, state, country } = place
  const town = [place['postal-code'], city].filter(Boolean).join(' ')
  return [group, department, name, address, town, region ?? state, country].filter(Boolean).join(', ')
}

function digitsOf(orcid: string): string {
  return orcid.replace(/^https?:\/\/orcid\.org\//, '')
}

// Its last character is a check digit (ISO 7064, MOD 11-2).
function isOrcid(orcid: string): boolean {
  const digits = digitsOf(orcid)
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(digits)) return false
  const [last, ...first] = [...digits.replaceAll('-', '')].reverse()
  const sum = first.reduceRight((total, digit) => (total + Number(digit)) * 2, 0)
  const check = (12 - (sum % 11)) % 11
  return last === (check === 10 ? 'X' : String(check))
}
