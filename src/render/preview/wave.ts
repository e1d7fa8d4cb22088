import { dirname, join } from 'node:path'
import type { Store } from '../cache/store.ts'
import { noListener } from '../execute/events.ts'
import { hasJobs, type PreparedCell } from '../execute/run-cell.ts'
import { openWorkers, type Workers, type WorkersOptions } from '../execute/workers.ts'
import type { Cell, Digest } from '../model/types.ts'
import type { Session } from '../pipeline/session.ts'
import type { Program, RunSettings } from '../pipeline/stages.ts'
import { projectRoot } from '../syntax/read-report.ts'
import { CellStates } from './cell-states.ts'
import { FailedCells } from './failed-cells.ts'
import { type JobTimes, openJobTimes, storedTime } from './job-times.ts'
import type { CellState } from './protocol.ts'
import { RestlessCells } from './restless-cells.ts'
import { ancestorsOf, dependentsOf, type Given, walk } from './walk.ts'
import { type CellEnd, type RunningCell, startCell } from './wave-cell.ts'
import { WaveJobs } from './wave-jobs.ts'

/** Runs in the background what a report lacks. */
export interface Wave {
  /** Runs what this program lacks, stops what it no longer wants. Unchanged work goes on. Never waits. */
  update(program: Program): void
  /** Runs a cell that asks, or one that failed, again, with the cells that it waits for. */
  run(label: string): void
  readonly states: ReadonlyMap<string, CellState>
  /** For `session.run`: nothing runs there, values are evaluated by the wave's process, failures of the wave are shown. */
  readonly settings: RunSettings
  close(): Promise<void>
}

export interface WaveOptions {
  onState(label: string, state: CellState): void
  /** Called when these cells have a new result or a failure: `session.run` finds it. */
  onResult(labels: readonly string[]): void
  /** Runs all jobs, however long they take. */
  readonly runsAll?: boolean
  /** A job that took longer the last time waits for its author. Default: 5 s. */
  readonly cheapMs?: number
  readonly limits?: Pick<WorkersOptions, 'jobs' | 'threads' | 'heapMb'>
  /** Default: its own. They end with the wave. */
  readonly workers?: Workers
}

/** Opens the wave of a session that trusts its report. */
export function openWave(session: Session, options: WaveOptions): Wave {
  return new OpenWave(session, options, options.workers ?? openLongWorkers(session, options.limits))
}

/** Opens workers that live as long as a session. */
export function openLongWorkers({ options }: Session, limits: WaveOptions['limits'] = {}): Workers {
  const { paths, env } = options
  const folder = dirname(paths.source)
  const report = { root: projectRoot(folder), folder }
  return openWorkers(report, { ...limits, env, runFolder: join(paths.cache, 'run'), isLong: true })
}

interface Asking {
  readonly key: Digest
  readonly isWanted: boolean
  readonly state: CellState
}

class OpenWave implements Wave {
  readonly settings: RunSettings
  readonly #session: Session
  readonly #options: WaveOptions
  readonly #workers: Workers
  readonly #jobs: WaveJobs
  readonly #states: CellStates
  readonly #running = new Map<string, RunningCell>()
  readonly #failures = new FailedCells()
  /** Cells that lack jobs that take long, and whether their author wants them. */
  readonly #asking = new Map<string, Asking>()
  readonly #restless = new RestlessCells()
  readonly #news = new Set<string>()
  #program: Program | undefined
  #store: Store | undefined
  #times: JobTimes | undefined
  // That of the last update.
  readonly #latest: Pick<Store, 'read' | 'write'> = {
    read: (key) => this.#store!.read(key),
    write: (stored) => this.#store!.write(stored),
  }
  #walks = 0
  #isClosed = false

  constructor(session: Session, options: WaveOptions, workers: Workers) {
    this.#session = session
    this.#options = options
    this.#workers = workers
    this.#states = new CellStates(options.onState)
    const { listener = noListener } = session.options
    this.#jobs = new WaveJobs({
      store: this.#latest,
      executor: workers.jobs,
      size: workers.size,
      times: { last: (job) => this.#times!.last(job), set: (...time) => this.#times!.set(...time) },
      cheapMs: options.cheapMs ?? 5_000,
      listener,
      onProgress: (labels) => {
        for (const label of labels) this.#progressed(label)
      },
    })
    this.settings = {
      mayRun: false,
      isAwaited: true,
      workers,
      failures: (cell, key) => this.#failures.of(cell, key),
    }
  }

  get states(): ReadonlyMap<string, CellState> {
    return this.#states.all
  }

  update(program: Program): void {
    if (this.#isClosed) return
    const { report, tree } = program.source
    const { paths, mode } = this.#session.options
    this.#program = program
    this.#times ??= openJobTimes(join(paths.cache, `times-${paths.stem}-${report.profile}.json`), (job) =>
      storedTime(job, mode, program, this.#store!),
    )
    this.#store = this.#openStore()
    this.#jobs.renew(report.root)
    const labels = new Set(tree.cells.map(({ label }) => label))
    for (const label of [...this.#states.all.keys()]) if (!labels.has(label)) this.#forget(label)
    for (const [label, { prepared }] of this.#running)
      if (program.cells.get(label)?.code !== prepared.bundle.code) this.#stop(label)
    const number = ++this.#walks
    void walk(program, {
      isCurrent: () => number === this.#walks,
      obtain: (prepared) => this.#obtain(prepared),
      waits: ({ label }) => this.#setIdle(label, 'waiting'),
      cannot: (cell) => this.#cannot(cell),
    })
  }

  run(label: string): void {
    const program = this.#program
    if (!program) return
    for (const one of [label, ...ancestorsOf(program, label)]) {
      const asking = this.#asking.get(one)
      if (asking) this.#asking.set(one, { ...asking, isWanted: true })
      this.#failures.delete(one)
    }
    this.update(program)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#walks++
    this.#states.close()
    for (const label of [...this.#running.keys()]) this.#stop(label)
    await this.#workers.close()
  }

  // It looks once at each file that results have read.
  #openStore(): Store {
    return this.#session.options.mode.store(this.#program!.source.report)
  }

  async #obtain(prepared: PreparedCell): Promise<Given> {
    const { key, cell } = prepared
    const { label } = cell
    const stored = this.#store!.read(key)
    if (stored && hasJobs(stored, this.#store!)) {
      this.#stop(label)
      this.#settle(label)
      this.#states.set(label, { state: 'done', elapsedMs: stored.provenance.elapsedMs })
      return stored.exports
    }
    this.#failures.deleteChanged(label, this.#store!)
    if (this.#failures.of(cell, key)) {
      this.#stop(label)
      this.#states.set(label, { state: 'failed' })
      return 'nothing'
    }
    this.#failures.delete(label)
    for (const one of dependentsOf(this.#program!, label)) this.#setIdle(one, 'waiting')
    const asking = this.#asking.get(label)
    const isAsking = asking?.key === key
    if (isAsking && !asking.isWanted) {
      this.#states.set(label, asking.state)
      return 'later'
    }
    if (this.#running.get(label)?.prepared.key !== key) {
      this.#stop(label)
      this.#start(prepared, isAsking || this.#options.runsAll === true)
    }
    const end = await this.#running.get(label)!.end
    if (end?.state === 'ran') return end.stored.exports
    return end?.state === 'failed' ? 'nothing' : 'later'
  }

  #start(prepared: PreparedCell, mayTakeLong: boolean): void {
    const { cell, parts } = prepared
    const { label } = cell
    const { listener = noListener } = this.#session.options
    this.#states.set(label, { state: 'waiting' })
    const running = startCell(prepared, this.#program!.source.tree, {
      store: this.#latest,
      executor: this.#workers.cells,
      jobs: this.#jobs,
      mayTakeLong,
      log: (from, text) => listener({ type: 'logged', label: from, text }),
      started: () => {
        listener({ type: 'cell-started', cell, parts })
        this.#states.set(label, { state: 'running', startedAt: Date.now() })
      },
      asksForOthers: (asked) => this.#jobs.release(label, asked),
    })
    this.#running.set(label, running)
    void running.end.then((end) => {
      if (this.#running.get(label) === running) this.#ended(prepared, end)
    })
  }

  #ended({ cell, key }: PreparedCell, end: CellEnd): void {
    const { label } = cell
    this.#running.delete(label)
    // Its sources changed while it ran: the next update starts it again.
    if (!end) this.#states.set(label, { state: 'waiting' })
    else if (end.state === 'asks') {
      this.#asking.set(label, { key, isWanted: false, state: end })
      this.#states.set(label, end)
    } else this.#keep(cell, key, end)
  }

  #keep(cell: Cell, key: Digest, end: Extract<CellEnd, { state: 'ran' | 'failed' }>): void {
    const { label } = cell
    this.#settle(label)
    this.#session.options.listener?.({ type: 'cell-finished', result: end })
    const failure =
      end.state === 'failed' ? end.failure : this.#restless.failureOf(end.stored, this.#openStore())
    if (failure) this.#failures.set(cell, key, failure)
    this.#states.set(
      label,
      end.state === 'ran' && !failure ? { state: 'done', elapsedMs: end.elapsedMs } : { state: 'failed' },
    )
    this.#tell(label)
  }

  // All that ended in one turn is told at once.
  #tell(label: string): void {
    if (this.#news.size === 0)
      setImmediate(() => {
        const labels = [...this.#news]
        this.#news.clear()
        if (!this.#isClosed) this.#options.onResult(labels)
      })
    this.#news.add(label)
  }

  // The jobs of a cell go on: once it is mended, it may want them.
  #stop(label: string): void {
    this.#running.get(label)?.stop()
    this.#running.delete(label)
  }

  // Whatever it wanted before it ended, it wants no job now.
  #settle(label: string): void {
    this.#asking.delete(label)
    this.#failures.delete(label)
    this.#jobs.release(label, new Set())
  }

  #forget(label: string): void {
    this.#stop(label)
    this.#settle(label)
    this.#states.delete(label)
  }

  #cannot({ label, options }: Cell): void {
    if (!this.#program!.cells.has(label)) this.#stop(label)
    if (options.evaluate) this.#setIdle(label, 'failed')
    else this.#forget(label)
  }

  #setIdle(label: string, state: 'waiting' | 'failed'): void {
    if (!this.#running.has(label)) this.#states.set(label, { state })
  }

  #progressed(label: string): void {
    const before = this.#states.all.get(label)
    const running = this.#running.get(label)
    if (!running || before?.state !== 'running') return
    const job = this.#jobs.stateOf(running.asked)
    if (job) this.#states.progress(label, { ...before, job })
  }
}
