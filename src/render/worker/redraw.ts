import { seededRandom } from '../../statistics/random.ts'
import type { Spread } from '../../statistics/spread.ts'
import { isSpread, varies } from '../../statistics/spread.ts'
import type { Json } from '../model/types.ts'
import type { Noise } from './evaluated.ts'
import { memberPath } from './watch.ts'

/** Gives a value that a claim may read, by name: `params` or an export. */
export type Given = (name: string) => Json

const redraws = 400
const seed = 1908

/**
 * Evaluates a claim many times, each time with every Spread that it reads moved as other seeds might have moved it:
 * the mean by Student's t with n - 1 degrees of freedom times std / sqrt(n), and the ends with it. Two Spreads that
 * are equal in all members are the same measurement and move alike. Gives undefined for a claim that reads no Spread
 * that varies. The draws are the same in every build.
 *
 * @param given gives the unmoved values; the claim gets copies
 */
export function noiseOf(holds: (given: Given) => boolean, given: Given): Noise | undefined {
  const random = seededRandom(seed)
  const spreads: Record<string, Spread> = {}
  let held = 0
  for (let redraw = 0; redraw < redraws; redraw++) {
    const moved = new Map<string, Spread>()
    const move = (spread: Spread, path: string): Spread => {
      if (!varies(spread)) return { ...spread }
      spreads[path] = spread
      const same = Object.values(spread).join()
      const found = moved.get(same) ?? shifted(spread, random)
      moved.set(same, found)
      return { ...found }
    }
    const names = new Map<string, Json>()
    const once = (name: string) => {
      const value = names.has(name) ? names.get(name)! : redrawn(given(name), name, move)
      names.set(name, value)
      return value
    }
    if (isTrue(() => holds(once))) held++
    if (redraw === 0 && Object.keys(spreads).length === 0) return undefined
  }
  return { held, redraws, spreads }
}

// A claim that throws for moved means does not hold for them.
function isTrue(holds: () => boolean): boolean {
  try {
    return holds()
  } catch {
    return false
  }
}

function shifted({ mean, std, n, min, max }: Spread, random: { normal(): number }): Spread {
  const shift = (studentDraw(n - 1, random) * std) / Math.sqrt(n)
  return { mean: mean + shift, std, n, min: min + shift, max: max + shift }
}

// Student's t by its definition: a normal number divided by the root of the mean of squares of other ones.
function studentDraw(degrees: number, random: { normal(): number }): number {
  let squares = 0
  for (let each = 0; each < degrees; each++) squares += random.normal() ** 2
  return random.normal() / Math.sqrt(squares / degrees)
}

// Copies what is read, as it is read, so that a claim may sort it in place.
function redrawn(value: Json, path: string, move: (spread: Spread, path: string) => Spread): Json {
  if (typeof value !== 'object' || value === null || (value as unknown) instanceof Date) return value
  if (isSpread(value)) return move(value, path) as unknown as Json
  const copy = Array.isArray(value) ? [...value] : { ...value }
  const own = new Set<string>()
  return new Proxy(copy as Record<string, Json>, {
    get(target, member, receiver) {
      if (typeof member === 'string' && Object.hasOwn(target, member) && !own.has(member)) {
        own.add(member)
        const inner = target[member]!
        if (typeof inner === 'object') target[member] = redrawn(inner, memberPath(copy, path, member), move)
      }
      return Reflect.get(target, member, receiver)
    },
    set(target, member, written, receiver) {
      if (typeof member === 'string') own.add(member)
      return Reflect.set(target, member, written, receiver)
    },
  }) as Json
}
