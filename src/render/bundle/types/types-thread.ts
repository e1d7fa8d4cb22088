import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { loadTypeScript } from './compiler.ts'
import { FaultMemory } from './fault-memory.ts'
import { TypedReport } from './typed-report.ts'
import type { Fault, TypedSource } from './typed-source.ts'

/** A version of a report to check. */
export interface TypesOrder {
  readonly id: number
  readonly source: TypedSource
}

/** What a check found, or why there was none. */
export type TypesAnswer =
  | { readonly id: number; readonly faults: readonly Fault[]; readonly reads: TypesReads }
  | { readonly id: number; readonly error: string }

/** What decided a check besides the report: absolute paths of files, also of packages, and where nothing was found. */
export interface TypesReads {
  readonly files: readonly string[]
  readonly absent: readonly string[]
}

const port = parentPort!

// What an author waits for goes before. Linux has a priority for each thread, other systems for whole processes.
if (process.platform === 'linux') setPriority(10)

let report: TypedReport | undefined
let memory: FaultMemory | undefined
let isIdle = true

port.on('message', async ({ id, source }: TypesOrder) => {
  isIdle = false
  try {
    port.postMessage({ id, ...(await check(source)) } satisfies TypesAnswer)
  } catch (error) {
    port.postMessage({ id, error: (error as Error).message } satisfies TypesAnswer)
  }
  isIdle = true
  setImmediate(prepare)
})

async function check(source: TypedSource) {
  if (report) report.update(source)
  else report = new TypedReport(await loadTypeScript(source.root), source)
  memory ??= new FaultMemory(report)
  const faults = memory.check()
  const packages = report.program.getSourceFiles().filter(({ fileName }) => isOfPackage(fileName))
  const files = [...report.reads.files, ...packages.map(({ fileName }) => fileName)]
  return { faults, reads: { files, absent: report.reads.absent } }
}

function isOfPackage(path: string): boolean {
  return path.includes('/node_modules/')
}

// One module at a time, so that the next version need not wait.
function prepare(): void {
  if (isIdle && memory?.prepare()) setImmediate(prepare)
}
