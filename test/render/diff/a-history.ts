import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { writeAtomic } from '../../../src/render/model/write-atomic.ts'
import { openAuthorMode } from '../../../src/render/pipeline/author-mode.ts'
import { openSession, type Session } from '../../../src/render/pipeline/session.ts'
import { accept } from '../../../src/render/results/accept.ts'
import { usedBy } from '../../../src/render/results/used.ts'

/** Opens the report of a test. */
export function sessionOf(folder: string): Session {
  const paths = pathsOf(join(folder, 'report-src/report.md'))
  const env = { ...process.env, WEFT_DATA: undefined }
  return openSession({ paths, mode: openAuthorMode({ paths, env }), env })
}

/** Runs a report and accepts its results as `weft accept` does, but prints nothing: that takes seconds. */
export async function acceptHere(folder: string, keepsResults = true): Promise<void> {
  const session = sessionOf(folder)
  try {
    const { paths } = session.options
    const run = await session.run(await session.bundle(session.read()))
    const { drawn } = await session.assemble(run)
    for (const { id, svg, spec } of drawn) {
      writeAtomic(join(paths.dist, 'figures', `${id}.svg`), `${svg}\n`)
      writeAtomic(join(paths.dist, 'figures', `${id}.vl.json`), `${JSON.stringify(spec, null, 1)}\n`)
    }
    accept(paths, run.source.report.profile, usedBy(run, drawn, run.store), true, keepsResults)
  } finally {
    await session.close()
  }
}

/** Runs git in a folder, with no settings but those of the test. */
export function git(folder: string, ...args: string[]): string {
  const settings = [
    'user.name=A',
    'user.email=a@example.org',
    'commit.gpgsign=false',
    'init.defaultBranch=main',
  ]
  const done = spawnSync('git', [...settings.flatMap((one) => ['-c', one]), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  })
  if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
  return done.stdout.trim()
}

/** Commits all files that git does not ignore, and names the commit by a tag. */
export function commit(folder: string, tag: string): void {
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', tag)
  git(folder, 'tag', tag)
}

/** The files of a small report: two chapters, values, claims, a table, a figure, a job that measures. */
export const files = {
  'report-src/report.md': `---
title: A report with a history
chapters: [first.md, second.md]
params:
  full: { epochs: 4, data: letters, seeds: [1, 2] }
---

After \`{ts} params.epochs\` epochs it reaches \`{ts} percent(facts.accuracy)\`.
`,
  'report-src/first.md': `# First {#sec-first}

\`\`\`ts exec #facts
export const facts = { accuracy: 0.5 + params.epochs / 100, worst: 0.25, classes: 3 }
\`\`\`

\`\`\`ts exec #letter-set
export const letters = { name: 'letters', title: 'Letters', source: 'https://example.org', licence: 'none', train: 10, files: [{ name: 'a.gz', sha256: '${'a'.repeat(64)}' }] }
\`\`\`

The accuracy is \`{ts} percent(facts.accuracy)\` for all \`{ts} facts.classes\` classes of the letters.
It is :claim[well above chance]{that='facts.accuracy > 0.52'}, as expected.

The worst class of all reaches \`{ts} percent(facts.worst)\` in the same test.

\`{ts} 'Guesses of that class would reach ' + percent(facts.worst) + '.'\`

\`\`\`ts exec #tbl-scores
import { table } from 'weft/output'

export default table([
  { model: 'flat', score: 0.5, epochs: 1 },
  { model: 'deep', score: 0.5 + params.epochs / 50, epochs: params.epochs },
  { model: 'wide', score: 0.75, epochs: 3 },
], { columns: { model: 'Model', score: 'Score', epochs: 'Epochs' }, caption: 'Scores of \`{ts} params.epochs\` models.' })
\`\`\`
`,
  'report-src/second.md': `# Second {#sec-second}

\`\`\`ts exec #timed
import { run } from 'weft/experiment'
import { steps } from '#experiments/steps'

export const { result: walked, measured: walkedTime } = await run(steps, { count: 3 })
\`\`\`

It takes \`{ts} fixed(walkedTime.seconds, 9)\` seconds for \`{ts} walked.sum\` steps.

\`\`\`ts exec #fig-steps caption="Steps."
import { figure } from 'weft/output'

export default figure({
  mark: 'point',
  data: { values: [{ x: 1, y: params.epochs }, { x: 2, y: 5 }] },
  encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
}, { alt: 'Two points.' })
\`\`\`
`,
  'src/experiments/steps.ts': `import { defineExperiment } from 'weft/experiment'

export const steps = defineExperiment({
  name: 'steps',
  params: { parse: (params: unknown) => params as { count: number } },
  run({ count }: { count: number }, { measure }) {
    measure('seconds', (performance.now() % 1) + 0.123456789)
    return { sum: count * 2 }
  },
})
`,
} as const
