import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Kind,
  type Place,
  tensorflowFolder,
  thisPlace,
} from '../../experiments/graph/engines/tensorflow/folder.ts'
import { jobEnvironment } from '../../render/execute/workers.ts'
import { systemReasonOf } from '../data/console.ts'
import { type Probed, probe } from '../doctor/probe.ts'
import type { ProofFacts } from '../doctor/proof-facts.ts'
import { compileBinding } from './compile.ts'
import { fetchSources, type SourcePackage, sourcePackages } from './fetch-sources.ts'
import { assertGiven, fetchWheel } from './fetch-wheel.ts'
import { assertReplaceable, assertRoom, makeWhole } from './staging.ts'
import { unpackWheel } from './unpack-wheel.ts'
import { type Wheel, wheelsOf } from './wheels.ts'

/** What an installation is asked for. */
export interface InstallWish {
  readonly kind: Kind
  /** Wheels at hand. */
  readonly given: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Says what is being done now. */
  report(line: string): void
}

/** What else it depends on. */
export interface InstallWorld {
  readonly place?: Place
  readonly wheels?: readonly Wheel[]
  readonly bytes?: number
  readonly packages?: readonly SourcePackage[]
  /** Proves the engine of a folder, or without one that which builds would take. */
  readonly prove?: (folder: string | undefined) => Promise<Probed<ProofFacts>>
}

/** What was installed, or was there already. */
export interface Installed extends ProofFacts {
  /** undefined if a package of the project brings it. */
  readonly folder?: string
  readonly isNew: boolean
}

/**
 * Installs TensorFlow's own library with the binding of @tensorflow/tfjs-node, whole or not at all, and proves it in a
 * process of its own. Does nothing if one works already.
 * @throws with the command that mends it; then nothing is left of what was written
 */
export async function installTensorflow(
  { kind, given, env, report }: InstallWish,
  world: InstallWorld = {},
): Promise<Installed> {
  const {
    place = thisPlace(env),
    wheels = wheelsOf[kind].wheels,
    bytes = wheelsOf[kind].bytes,
    packages = sourcePackages,
    prove = (folder) => proofOf(folder, env),
  } = world
  const target = tensorflowFolder(kind, place)
  // 1. One that works is kept.
  assertGiven(given, wheels)
  assertPlatform(place)
  report('looking for one that works')
  if (kind === 'cpu' || hasCuda(target)) {
    const before = await prove(kind === 'gpu' ? target : undefined)
    if (before.ok) return { ...before.value, isNew: false, ...(kind === 'gpu' ? { folder: target } : {}) }
  }
  await assertRoom(target, bytes)
  await explainingDisk(target, () => assertReplaceable(target))
  let facts: ProofFacts | undefined
  await explainingDisk(target, () =>
    makeWhole(target, async (folder) => {
      // 2. The libraries, with the headers of their interface.
      for (const wheel of wheels) {
        report(`fetching ${wheel.file}`)
        const path = await fetchWheel(wheel, { env, given, folder })
        report(`unpacking ${wheel.file}`)
        await unpackWheel(path, folder)
        if (!given.includes(path)) await rm(path)
      }
      // 3. The binding.
      const sources = join(folder, 'sources')
      report('fetching the source of the binding')
      await fetchSources(sources, env, packages)
      report('compiling the binding')
      await compileBinding(folder, sources, env)
      await rm(sources, { recursive: true })
      await rm(join(folder, 'tensorflow', 'include'), { recursive: true, force: true })
      // 4. It must compute before it counts as installed.
      report('proving that it computes')
      facts = provenBy(await prove(folder))
    }),
  )
  return { ...facts!, folder: target, isNew: true }
}

// WEFT_TENSORFLOW may name a folder with the library that computes on the processor alone, which works as well.
function hasCuda(folder: string): boolean {
  return existsSync(join(folder, 'nvidia'))
}

function provenBy(proof: Probed<ProofFacts>): ProofFacts {
  if (proof.ok) return proof.value
  throw new Error(
    `Cannot use TensorFlow here, expected it to train as another engine does, found: ${proof.reason}: use WEFT_ENGINE=onnx (\`npx weft add training\`)`,
  )
}

// In the environment of a job, so that what is proved here works there.
function proofOf(folder: string | undefined, env: NodeJS.ProcessEnv): Promise<Probed<ProofFacts>> {
  const own = folder === undefined ? {} : { WEFT_TENSORFLOW: folder }
  return probe(
    'proof',
    { name: 'tensorflow' },
    { env: { ...jobEnvironment(env), ...own }, timeoutMs: 180_000 },
  )
}

function assertPlatform({ platform, arch }: Place): void {
  if (platform === 'linux' && arch === 'x64') return
  throw new Error(
    `Cannot install TensorFlow on ${platform}-${arch}, expected linux-x64, for which its library is published in a form that this command knows: use WEFT_ENGINE=onnx (\`npx weft add training\`), or install @tensorflow/tfjs-node in the project`,
  )
}

async function explainingDisk(target: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    const reason = systemReasonOf(cause)
    if (reason === undefined) throw cause
    throw new Error(
      `Cannot install into ${target}, ${reason}: mend that, or set WEFT_TENSORFLOW to a folder elsewhere`,
      { cause },
    )
  }
}
