import type { Outcome, Row } from '../../../src/render/check/outcome.ts'

/** Gives the row of a number that differs, with the changes that a test needs. */
export function rowOf(own: Partial<Row> = {}): Row {
  return {
    kind: 'value',
    label: '#deep',
    sentence: 'the accuracy is 91.2 %',
    place: { file: 'part-b.md', line: 88, column: 3 },
    accepted: '91.2 %',
    recomputed: '91.4 %',
    rule: 'exact',
    verdict: 'differs',
    numbers: 1,
    ...own,
  }
}

/** Gives an outcome with the changes that a test needs. */
export function outcomeOf(own: Partial<Outcome> = {}): Outcome {
  return {
    report: 'report.md',
    profile: 'full',
    seed: 7,
    environment: { accepted: [], recomputed: [] },
    rows: [],
    failed: [],
    errors: [],
    notes: [],
    summary: {
      equal: 9,
      agrees: 1,
      measured: 2,
      notJudged: 0,
      differs: 1,
      outOfScope: 0,
      errors: 0,
      jobsRun: 3,
      jobs: 3,
      elapsedMs: 3_140,
      isWell: false,
    },
    ...own,
  }
}
