import type { Json, OpenedEngine, Progress } from '../model/types.ts'
import { assertJson } from '../output/to-json.ts'
import type { Order, ThreadResult } from './protocol.ts'

interface Experiment {
  readonly name: string
  run(params: unknown, context: object): unknown
}

interface Effects {
  readonly signal: AbortSignal
  /** Called when its modules have run, which they do once in a thread. */
  loaded(): void
  opened(engine: OpenedEngine): void
  progress(step: Progress): void
}

const globals = new Set<PropertyKey>()

/** Says whether a job left names on the global object, where the next job of this thread would see them. */
export function hasNewGlobals(): boolean {
  return globals.size > 0 && Reflect.ownKeys(globalThis).some((name) => !globals.has(name))
}

// Call it after packages and engine are loaded, which keep their own state there.
function noteGlobals(): void {
  if (globals.size === 0) for (const name of Reflect.ownKeys(globalThis)) globals.add(name)
}

/** Runs a job: the experiment of its bundle, with the engine that this thread has. */
export async function runJob(
  order: Order,
  { signal, loaded, opened, progress }: Effects,
): Promise<Extract<ThreadResult, { ok: true }>['value']> {
  const { default: experiment } = (await import(order.url)) as { default: Experiment }
  loaded()
  const { engine, facts } = await openEngineOf(order)
  if (facts) opened(facts)
  noteGlobals()
  const measured: Record<string, Json> = {}
  let usesEngine = false
  const context = {
    seed: JSON.parse(order.input.seed!) as number,
    signal,
    progress: (step: Omit<Progress, 'label'>) => progress({ label: order.label, ...step }),
    measure(name: string, value: unknown) {
      assertJson(value, `${order.label}.measured.${name}`)
      measured[name] = value
    },
  }
  Object.defineProperty(context, 'engine', {
    // A copy of the context reads all that it lists.
    enumerable: engine !== undefined,
    get() {
      if (!engine) throw new Error(`${order.label} has no engine, expected its code to name \`engine\``)
      usesEngine = true
      return engine
    },
  })
  const result = await experiment.run(JSON.parse(order.input.params!), context)
  assertJson(result, `${order.label}.result`)
  return {
    shown: [],
    exports: { result },
    measured,
    facts: {
      usesEngine: String(usesEngine),
      ...(facts && { engine: engineText(facts) }),
      ...(facts?.threads !== undefined && { threads: String(facts.threads) }),
    },
  }
}

// All jobs of a thread have one engine, so that each finds the programs that others compiled.
const engines = new Map<string, OpenedEngine>()

async function openEngineOf({
  engine: module,
}: Order): Promise<{ readonly engine?: OpenedEngine; readonly facts?: OpenedEngine }> {
  if (module === undefined) return {}
  const engine = engines.get(module) ?? (await openedEngine(module))
  engines.set(module, engine)
  const { name, version, device, threads, note } = engine
  return { engine, facts: { name, version, ...(device !== undefined && { device }), threads, note } }
}

// Frozen: a job cannot change it for the next one.
async function openedEngine(module: string): Promise<OpenedEngine> {
  const { openEngine } = (await import(module)) as { openEngine(): Promise<OpenedEngine> }
  return Object.freeze(await openEngine())
}

function engineText({ name, version, device }: OpenedEngine): string {
  return `${name} ${version}${device === undefined ? '' : ` on ${device}`}`
}
