import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { weftProgram } from '../model/home.ts'
import { limits } from '../model/limits.ts'
import { UntrustedInputError } from '../model/messages.ts'
import type { Figure, Json } from '../model/types.ts'
import type { DrawAnswer, DrawOrder } from '../worker/protocol.ts'
import { checkSvg } from './check-svg.ts'

/** Draws figures of a report that is not trusted. */
export interface Drawing {
  /** Throws where a figure cannot be drawn, or not within the limits. */
  draw(figure: Figure, id: string): Promise<string>
  close(): void
}

/**
 * Opens what draws in a process of its own, which may neither write nor start anything: one drawing after the other,
 * each with a limit of time and memory. A process that exceeds one is killed, and the next drawing has a new one.
 */
export function openDrawing({ timeMs = limits.drawingMs }: { readonly timeMs?: number } = {}): Drawing {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  const close = () => {
    child?.kill('SIGKILL')
    child = undefined
  }
  const draw = async (figure: Figure, id: string) => {
    checkSpec(figure.spec)
    child ??= await start()
    try {
      return checkSvg(await ask(child, { figure, id }, timeMs))
    } catch (error) {
      if (!child.connected || error instanceof UntrustedInputError) close()
      throw error
    }
  }
  return {
    close,
    draw(figure, id) {
      const drawn = last.then(() => draw(figure, id))
      last = drawn.catch(() => undefined)
      return drawn
    },
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

function ask(child: ChildProcess, order: DrawOrder, timeMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
      act()
    }
    const onMessage = (answer: DrawAnswer) =>
      end(() => ('svg' in answer ? resolve(answer.svg) : reject(new Error(answer.problem))))
    const onExit = () =>
      end(() => reject(new UntrustedInputError('expected a drawing that fits into memory, found none')))
    const timer = setTimeout(
      () =>
        end(() =>
          reject(new UntrustedInputError(`expected a drawing within ${timeMs / 1000} s, found none`)),
        ),
      timeMs,
    )
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
