import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { weftProgram } from '../model/home.ts'
import { limits } from '../model/limits.ts'
import { UntrustedInputError } from '../model/messages.ts'
import type { Figure, Json } from '../model/types.ts'
import type { DrawAnswer, DrawOrder } from '../worker/protocol.ts'
import { checkSvg } from './check-svg.ts'

/** Draws figures of a report that is not trusted. */
export interface Drawing {
  /** Throws where a figure cannot be drawn, or not within the limits. Warns as `figureToSvg` does. */
  draw(figure: Figure, id: string, warned?: (reason: string) => void): Promise<string>
  close(): void
}

interface DrawingLimits {
  /** Time of all drawings of a build, besides what each may take. */
  readonly timeMs?: number
  /** Further time that each figure brings along. */
  readonly figureMs?: number
}

/**
 * Opens what draws in a process of its own, which may neither write nor start anything: one drawing after the other,
 * with one budget of time for all of them and a limit of memory. A process that exceeds one is killed. If that was for
 * its memory, the next drawing has a new one; once the time is used up, no further figure is drawn.
 */
export function openDrawing({
  timeMs = limits.drawingMs,
  figureMs = limits.figureMs,
}: DrawingLimits = {}): Drawing {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  let leftMs = timeMs
  const close = () => {
    child?.kill('SIGKILL')
    child = undefined
  }
  const draw = async (figure: Figure, id: string, warned?: (reason: string) => void) => {
    if (leftMs <= 0) throw new UntrustedInputError(tooLong(timeMs))
    checkSpec(figure.spec)
    leftMs += figureMs
    child ??= await start()
    const clock = startClock(child)
    try {
      const { svg, warnings } = await ask(child, { figure, id }, { clock, leftMs, timeMs })
      for (const warning of warnings) warned?.(warning)
      return checkSvg(svg)
    } catch (error) {
      if (!child.connected || error instanceof UntrustedInputError) close()
      // To start another process takes as long as several drawings.
      if (child === undefined) leftMs -= startMs
      throw error
    } finally {
      leftMs -= clock()
    }
  }
  return {
    close,
    draw(figure, id, warned) {
      const drawn = last.then(() => draw(figure, id, warned))
      last = drawn.catch(() => undefined)
      return drawn
    },
  }
}

const startMs = 500

function tooLong(timeMs: number): string {
  return `expected all drawings of the report together within ${timeMs / 1000} s, found that they take longer`
}

/**
 * Starts a clock of the time that a process computes, in ms: it stands still while other programs keep the machine
 * busy. Without /proc it is an ordinary one. The time of a process that has ended is the last that was read.
 */
function startClock({ pid }: ChildProcess): () => number {
  const wall = performance.now()
  const from = computedMs(pid!)
  let last = 0
  return () => {
    const now = from === undefined ? undefined : computedMs(pid!)
    last = from === undefined ? performance.now() - wall : now === undefined ? last : now - from
    return last
  }
}

function computedMs(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    // User and system time, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}

async function start(): Promise<ChildProcess> {
  const permission = ['--permission', '--experimental-permission'].filter((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  )
  const flags = [...permission.slice(0, 1), '--allow-fs-read=*', '--no-warnings']
  const child = fork(weftProgram('draw.js'), {
    execArgv: [`--max-old-space-size=${limits.drawingMb}`, ...flags],
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown]
  if (Object(first).ready === true) return child
  child.kill('SIGKILL')
  throw new Error('Cannot start what draws figures, expected it to be ready, found that it ended')
}

interface Waiting {
  readonly clock: () => number
  readonly leftMs: number
  readonly timeMs: number
}

function ask(
  child: ChildProcess,
  order: DrawOrder,
  { clock, leftMs, timeMs }: Waiting,
): Promise<Extract<DrawAnswer, { svg: string }>> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout
    const end = (act: () => void) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
      act()
    }
    const onMessage = (answer: DrawAnswer) =>
      end(() => ('svg' in answer ? resolve(answer) : reject(new Error(answer.problem))))
    const onExit = () =>
      end(() => reject(new UntrustedInputError('expected a drawing that fits into memory, found none')))
    const wait = () => {
      const restMs = leftMs - clock()
      if (restMs <= 0) end(() => reject(new UntrustedInputError(tooLong(timeMs))))
      else timer = setTimeout(wait, Math.max(restMs, 50))
    }
    wait()
    child.on('message', onMessage).on('exit', onExit)
    child.send(order, (error) => error && end(() => reject(new UntrustedInputError(error.message))))
  })
}

/**
 * Throws `UntrustedInputError` for a specification that asks for a file or the network, or makes rows out of nothing: all that it
 * shows must stand in it. What else it asks for is refused where it is drawn.
 */
function checkSpec(spec: Figure['spec']): void {
  checkNode(spec as Json, 'spec')
}

function checkNode(node: Json, path: string): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    const here = `${path}.${key}`.slice(-100)
    // Rows may have members of any name.
    if (key === 'values' || key === 'datasets') continue
    if (isSource(key, value))
      throw new UntrustedInputError(`expected data in the specification, found \`${here}.url\``)
    if (key === 'sequence' || key === 'graticule')
      throw new UntrustedInputError(`expected data in the specification, found \`${here}\``)
    if ((key === 'width' || key === 'height') && typeof value === 'number' && value > limits.sidePx)
      throw new UntrustedInputError(`expected at most ${limits.sidePx} px, found \`${here}\` of ${value}`)
    checkNode(value as Json, here)
  }
}

function isSource(key: string, value: Json): boolean {
  return key === 'data' && typeof value === 'object' && value !== null && 'url' in value
}
