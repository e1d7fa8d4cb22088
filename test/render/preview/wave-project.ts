import { join } from 'node:path'
import type { RunEvent } from '../../../src/render/execute/events.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { openAuthorMode } from '../../../src/render/pipeline/author-mode.ts'
import { openSession } from '../../../src/render/pipeline/session.ts'
import type { Run } from '../../../src/render/pipeline/stages.ts'
import type { CellState } from '../../../src/render/preview/protocol.ts'
import { openWave, type WaveOptions } from '../../../src/render/preview/wave.ts'
import { until } from '../../report/processes.ts'
import { type Files, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

interface Test {
  after(clean: () => Promise<void> | void): void
}

const env = { PATH: process.env.PATH, HOME: process.env.HOME }

/** Opens a report in a temporary project as a preview does, with a wave that records what happens. */
export function waveProject(
  test: Test,
  files: Files,
  options: Partial<WaveOptions> = {},
  root = temporaryProject(test, files),
) {
  const paths = pathsOf(join(root, 'report.md'))
  /** `running a`, `done a`... in order; each state once. */
  const events: string[] = []
  const states: { label: string; state: CellState }[] = []
  const results: string[] = []
  const jobs: RunEvent[] = []
  const session = openSession({
    paths,
    mode: openAuthorMode({ paths, env }),
    env,
    listener: (event) => void jobs.push(event),
  })
  const wave = openWave(session, {
    limits: { jobs: 2, heapMb: 128 },
    ...options,
    onState(label, state) {
      states.push({ label, state })
      const event = `${state.state} ${label}`
      if (events.at(-1) !== event) events.push(event)
    },
    onResult: (labels) => void results.push(...labels),
  })
  test.after(async () => {
    await wave.close()
    await session.close()
  })
  const edit = async (changed: Files = {}) => {
    writeFiles(root, changed)
    const program = await session.bundle(session.read())
    wave.update(program)
    return program
  }
  const stateOf = (label: string) => wave.states.get(label)?.state
  return {
    root,
    session,
    wave,
    events,
    states,
    results,
    /** Labels of jobs that began, in order. */
    jobs: () => jobs.flatMap((event) => (event.type === 'job-started' ? [event.label] : [])),
    /** Writes files and takes them up, as the preview's loop does. */
    edit,
    /** What the page is made of: nothing runs. */
    page: async (program?: Awaited<ReturnType<typeof edit>>): Promise<Run> =>
      session.run(program ?? (await session.bundle(session.read())), wave.settings),
    stateOf,
    /** Waits until cells are in a state: `done a`. */
    until: (...wanted: string[]) =>
      until(
        () => wanted.every((one) => one === `${stateOf(one.split(' ')[1]!)} ${one.split(' ')[1]}`),
        () =>
          `${wanted.join(', ')}; ${[...wave.states].map(([label, one]) => `${label} ${one.state}`).join(', ')}`,
      ),
  }
}

/** An experiment's module: `run` has params, seed, context. */
export function experimentOf(name: string, run: string): Files {
  return {
    [`${name}.ts`]: `import { defineExperiment } from 'weft/experiment'
export const ${name} = defineExperiment({
  name: '${name}',
  params: { parse: (value: unknown) => value as Record<string, number> },
  async run(params, { signal, progress }) { ${run} },
})
`,
  }
}
