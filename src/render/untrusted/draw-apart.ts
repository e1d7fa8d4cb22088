import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { weftProgram } from '../model/home.ts'
import { limits } from '../model/limits.ts'
import { UntrustedInputError } from '../model/messages.ts'
import type { Figure, Json } from '../model/types.ts'
import type { DrawFigure } from '../output/draw/draw-once.ts'
import { SpecError } from '../output/draw/figure-to-svg.ts'
import type { DrawAnswer, DrawOrder } from '../worker/protocol.ts'
import { checkSvg } from './check-svg.ts'

/** Draws figures in another process. */
export interface Drawing {
  /** Throws where a figure cannot be drawn, or not within the limits. */
  readonly draw: DrawFigure
  close(): void
}

interface DrawingLimits {
  /** Time of all drawings of a build, besides what each may take. */
  readonly timeMs?: number
  /** Further time that each figure brings along. */
  readonly figureMs?: number
  /** Memory of the process, in MiB. */
  readonly heapMb?: number
}

interface DrawingOptions extends DrawingLimits {
  /** Draws all that vega draws, with its expressions as code. */
  readonly isTrusted?: boolean
}

/** Opens what draws the figures of a report that is trusted: with more time and memory, and without checks. */
export function openTrustedDrawing(): Drawing {
  const { trustedDrawingMs: timeMs, trustedFigureMs: figureMs, trustedDrawingMb: heapMb } = limits
  return openDrawing({ timeMs, figureMs, heapMb, isTrusted: true })
}

/**
 * Opens what draws in a process of its own, which may neither write nor start anything: one drawing after the other,
 * with one budget of time for all of them and a limit of memory. A process that exceeds one is killed. If that was for
 * its memory, the next drawing has a new one; once the time is used up, no further figure is drawn. An author sees the
 * other figures of a report whose one figure takes too long, and has all the time again after a pause, as in a preview.
 */
export function openDrawing({
  timeMs = limits.drawingMs,
  figureMs = limits.figureMs,
  heapMb = limits.drawingMb,
  isTrusted = false,
}: DrawingOptions = {}): Drawing {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  let leftMs = timeMs
  let allowanceMs = figureMs
  let endedAt = performance.now()
  let mayExceed = isTrusted
  const close = () => {
    child?.kill('SIGKILL')
    child = undefined
  }
  const begin = async () => {
    const pausedMs = performance.now() - endedAt
    if (isTrusted && pausedMs > pauseMs) {
      leftMs = Math.max(leftMs, timeMs)
      mayExceed = true
    }
    if (leftMs <= 0) throw new UntrustedInputError(tooLong(timeMs))
    if (child) return child
    const started = await start(heapMb)
    // To load its code takes a slow machine long, and so do its drawings.
    if (isTrusted) allowanceMs = Math.max(figureMs, computedMs(started.pid!) ?? 0)
    return started
  }
  const draw: DrawFigure = async (figure, id, warned) => {
    if (!isTrusted) checkSpec(figure.spec)
    child = await begin()
    leftMs += allowanceMs
    const clock = startClock(child)
    try {
      const order = { figure, id, isInterpreted: !isTrusted }
      const { svg, warnings } = await ask(child, order, { clock, leftMs, timeMs })
      for (const warning of warnings) warned?.(warning)
      if (isTrusted) checkLength(svg)
      return isTrusted ? svg : checkSvg(svg)
    } catch (error) {
      if (!child.connected || error instanceof UntrustedInputError) close()
      // To start another process takes as long as several drawings.
      if (child === undefined) leftMs -= startMs
      throw error
    } finally {
      leftMs -= clock()
      endedAt = performance.now()
      if (leftMs <= 0 && mayExceed) {
        leftMs = 1
        mayExceed = false
      }
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

// A browser lays out and prints each mark of a drawing.
function checkLength({ length }: string): void {
  const most = limits.trustedDrawingCharacters
  if (length <= most) return
  const counted = [most, length].map((count) => count.toLocaleString('en'))
  throw new Error(
    `expected a drawing of at most ${counted[0]} characters, found ${counted[1]}: show fewer marks, or bins of them`,
  )
}

const startMs = 500
const pauseMs = 1_000

function tooLong(timeMs: number): string {
  return `expected all drawings of the report together within ${timeMs / 1000} s, found that they take longer`
}

/**
 * Starts a clock of the time that a process computes, in ms: it stands still while other programs keep the machine
 * busy, but for a twentieth of the time, or a process that sleeps would be waited for without end. Without /proc it is
 * an ordinary one. The time of a process that has ended is the last that was read.
 */
function startClock({ pid }: ChildProcess): () => number {
  const wall = performance.now()
  const from = computedMs(pid!)
  let last = 0
  return () => {
    const now = from === undefined ? undefined : computedMs(pid!)
    const passed = performance.now() - wall
    if (from === undefined) last = passed
    else if (now !== undefined) last = Math.max(now - from, passed / 20)
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

async function start(heapMb: number): Promise<ChildProcess> {
  const permission = ['--permission', '--experimental-permission'].filter((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  )
  const flags = [...permission.slice(0, 1), '--allow-fs-read=*', '--no-warnings']
  const child = fork(weftProgram('draw.js'), {
    execArgv: [`--max-old-space-size=${heapMb}`, ...flags],
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown]
  if (Object(first).ready === true) return child
  child.kill('SIGKILL')
  throw new Error('Cannot start what draws figures, expected it to be ready, found that it ended')
}

type Drawn = Extract<DrawAnswer, { readonly svg: string }>

function errorOf({ problem, faults }: Exclude<DrawAnswer, Drawn>): Error {
  return faults ? new SpecError(faults) : new Error(problem)
}

interface Waiting {
  readonly clock: () => number
  readonly leftMs: number
  readonly timeMs: number
}

function ask(child: ChildProcess, order: DrawOrder, { clock, leftMs, timeMs }: Waiting): Promise<Drawn> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout
    const end = (act: () => void) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
      act()
    }
    const onMessage = (answer: DrawAnswer) =>
      end(() => ('svg' in answer ? resolve(answer) : reject(errorOf(answer))))
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
    if (isSource(key, value) || (/\.data\.\d+$/.test(here) && isSource('data', value)))
      throw new UntrustedInputError(`expected data in the specification, found \`${here}.url\``)
    const made = ['sequence', 'graticule']
    if (made.includes(key) || (key === 'type' && made.includes(String(value))))
      throw new UntrustedInputError(`expected data in the specification, found \`${here}\``)
    if ((key === 'width' || key === 'height') && typeof value === 'number' && value > limits.sidePx)
      throw new UntrustedInputError(`expected at most ${limits.sidePx} px, found \`${here}\` of ${value}`)
    checkNode(value as Json, here)
  }
}

function isSource(key: string, value: Json): boolean {
  return key === 'data' && typeof value === 'object' && value !== null && 'url' in value
}
