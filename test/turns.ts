import { it, type TestContext, type TestOptions } from 'node:test'

type Case = (t: TestContext) => void | Promise<void>

// .ci/run sets both, to another number for each commit; without them all cases are run.
const { WEFT_THIRD: third, WEFT_SIXTH: sixth } = process.env

/** Tells whether the case at a place is among those of this change: each third one. */
export const isOfThird = (place: number) => third === undefined || place % 3 === Number(third)
/** The same, of each sixth one. */
export const isOfSixth = (place: number) => sixth === undefined || place % 6 === Number(sixth)
/** Why a case is skipped, if it is not among those of this change. */
export const notThird = (place: number) => !isOfThird(place) && 'it is run for another third of the changes'

/** Gives an `it` that runs each third of its cases: those that take long, in a suite where all find faults of one kind. */
export function itByThirds() {
  let place = 0
  return (name: string, ...rest: [Case] | [TestOptions, Case]) => {
    const [options, run] = rest.length === 1 ? [{}, rest[0]] : rest
    it(name, { ...options, skip: options.skip || notThird(place++) }, run)
  }
}
