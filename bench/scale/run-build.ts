import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { home } from '../home.ts'
import { bytesOfTree, secondsOfChildren } from '../process-tree.ts'

/** What one run of the command took. */
export interface Cost {
  readonly seconds: number
  /** Of all its processes together; undefined where the system does not tell it. */
  readonly processorSeconds: number | undefined
  /** The most memory of all its processes together; undefined where the system does not tell it. */
  readonly bytes: number | undefined
}

// Reading the memory of a browser takes milliseconds.
const memoryEveryMs = 500

/**
 * Runs the command in a folder and gives what it took.
 * @throws if it fails, with the end of its output
 */
export async function runWeft(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Cost> {
  const [startedAt, before] = [performance.now(), secondsOfChildren()]
  const child = spawn(process.execPath, [join(home, 'lib/cli.js'), ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-4_000)
    })
  let bytes: number | undefined
  const timer = setInterval(() => {
    const now = bytesOfTree(child.pid!)
    if (now !== undefined) bytes = Math.max(bytes ?? 0, now)
  }, memoryEveryMs)
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve)
    })
    const seconds = (performance.now() - startedAt) / 1000
    if (status !== 0) throw new Error(`weft ${args.join(' ')} ends with ${status}: ${said}`)
    const after = secondsOfChildren()
    const processorSeconds = before === undefined || after === undefined ? undefined : after - before
    return { seconds, processorSeconds, bytes }
  } finally {
    clearInterval(timer)
  }
}
