import type { Random } from '../../src/statistics/random.ts'
import { seededRandom } from '../../src/statistics/random.ts'
import { openBox } from './box.ts'
import type { PageOptions } from './build-page.ts'
import { buildPage } from './build-page.ts'
import type { Start } from './check-mutation.ts'
import { pageDifferences } from './check-mutation.ts'
import type { RandomEdit } from './random-edits.ts'
import { pick } from './random-edits.ts'
import { randomEdits } from './random-project-edits.ts'
import type { Sources } from './sources.ts'
import { differing, writeSources } from './sources.ts'

export interface Chain {
  readonly seed: number
  readonly steps: number
}

export interface ChainOptions extends Pick<PageOptions, 'reuse'> {
  /** Kind -> edit. */
  readonly edits?: Readonly<Record<string, RandomEdit>>
}

interface Step {
  readonly what: string
  readonly sources: Sources
}

/**
 * Mutates a project by random edits, one step after another, and builds it after each. Lists what is wrong, with the
 * seed, the step and its edits: differences from a build from nothing, and what a second build runs.
 */
export async function checkChain(
  { seed, steps }: Chain,
  start: Start,
  { reuse, edits = randomEdits }: ChainOptions = {},
): Promise<string[]> {
  const random = seededRandom(seed)
  const box = openBox(start.box)
  const history: Sources[] = [start.sources]
  const problems: string[] = []
  let isOk = true
  try {
    for (let number = 1; number <= steps; number++) {
      const before = history.at(-1)!
      const step = nextStep({ random, edits, isOk }, history)
      const profile = random.below(8) === 0 ? 'quick' : undefined
      const isCachedFirst = random.below(5) === 0
      const isAgain = random.below(4) === 0
      writeSources(box.folder, step.sources, before)
      history.push(step.sources)
      const wrong = (text: string) =>
        problems.push(`seed ${seed}, step ${number}, ${profile ?? 'full'}, ${step.what}: ${text}`)
      if (isCachedFirst) {
        const { ran } = await buildPage(box, { profile, cached: true, isPageless: true })
        for (const line of ran) wrong(`${line} ran although nothing may`)
      }
      const [built, expected] = await Promise.all([
        buildPage(box, { profile, reuse }),
        start.fromNothing(step.sources, profile),
      ])
      for (const text of [...pageDifferences(built.page, expected), ...built.damaged]) wrong(text)
      isOk = built.page.messages.length === 0
      if (!isOk || !isAgain) continue
      const again = await buildPage(box, { profile, reuse, isPageless: true })
      for (const line of again.ran) wrong(`${line} ran again`)
    }
    return problems
  } finally {
    box.close()
  }
}

interface Drawing {
  readonly random: Random
  readonly edits: Readonly<Record<string, RandomEdit>>
  readonly isOk: boolean
}

// Makes some edits at once, or returns to an earlier state, which is likelier if the report is broken.
function nextStep(drawing: Drawing, history: readonly Sources[]): Step {
  const { random, edits, isOk } = drawing
  const now = history.at(-1)!
  const isBack = history.length > 1 && random.uniform() < (isOk ? 0.12 : 0.7)
  const to = isBack ? Math.max(0, history.length - 2 - random.below(2)) : history.length - 1
  if (isBack && differing(now, history[to]!).length > 0)
    return { what: `back by ${history.length - 1 - to}`, sources: history[to]! }
  const count = 1 + (random.below(4) === 0 ? 1 + random.below(2) : 0)
  let step: Step = { what: '', sources: now }
  for (let made = 0; made < count; ) {
    const kind = pick(random, Object.keys(edits))
    const edit = edits[kind]!(random, step.sources)
    if (!edit || differing(edit.sources, step.sources).length === 0) continue
    step = { what: `${step.what && `${step.what}; `}${kind} ${edit.what}`, sources: edit.sources }
    made += 1
  }
  return differing(step.sources, now).length > 0 ? step : nextStep(drawing, history)
}
