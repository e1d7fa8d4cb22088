import type { Probed } from './probe.ts'
import { type ProbeName, probes } from './probes.ts'

// The process of a probe: it gets one question, answers it and ends.

process.once('message', async ({ name, input }: { readonly name: ProbeName; readonly input: never }) => {
  // What a native library leaves running must not keep it.
  process.send!(await answer(name, input), () => process.exit(0))
})
process.on('disconnect', () => process.exit(1))

async function answer(name: ProbeName, input: never): Promise<Probed<unknown>> {
  try {
    return { ok: true, value: await probes[name](input) }
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    // Engines wrap the error that names the missing package.
    const inner = (error as { cause?: NodeJS.ErrnoException }).cause?.code
    return { ok: false, reason: String(message ?? error), code: code ?? inner }
  }
}
