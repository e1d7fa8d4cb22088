import type { Engine } from '../engine.ts'
import { openOnnx } from './onnx/session.ts'

const names = ['onnx', 'tfjs'] as const

interface Options {
  /** Variables to read: WEFT_ENGINE, WEFT_THREADS, and WEFT_JOBS, the number of jobs that compute at the same time. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Imports onnxruntime-node, which may not be installed. */
  readonly load?: () => Promise<unknown>
  /** Imports what opens TensorFlow.js, whose packages may not be installed. */
  readonly loadTfjs?: () => Promise<{ openTfjs(): Promise<Engine> }>
}

/**
 * Opens the engine that runs graphs: the one that WEFT_ENGINE names, `onnx` or `tfjs`; else onnx if it loads; else
 * tfjs, with a `note` that gives the reason. WEFT_THREADS is the number of threads for arithmetic, 1 by default.
 * @throws if the named engine does not open, or if either variable has another value
 */
export async function openEngine({
  env = process.env,
  load,
  loadTfjs = () => import('./tfjs/open.ts'),
}: Options = {}): Promise<Engine> {
  const wanted = env.WEFT_ENGINE || undefined
  if (wanted !== undefined && !(names as readonly string[]).includes(wanted))
    throw new Error(`Unexpected WEFT_ENGINE=${wanted}, expected ${names.join(' or ')}`)
  const threads = Number(env.WEFT_THREADS || 1)
  if (!Number.isInteger(threads) || threads < 1)
    throw new Error(`Unexpected WEFT_THREADS=${env.WEFT_THREADS}, expected a whole number above 0`)
  if (wanted === 'tfjs') return await openTfjs(loadTfjs)
  try {
    return await openOnnx({ threads, isAlone: Number(env.WEFT_JOBS || 1) === 1, ...(load ? { load } : {}) })
  } catch (cause) {
    const reason = (cause as Error).message.split('\n')[0]!
    if (wanted === 'onnx')
      throw new Error(`Cannot open the engine \`onnx\`, expected onnxruntime-node to load: ${reason}`, {
        cause,
      })
    return { ...(await openTfjs(loadTfjs, reason)), note: `onnxruntime-node does not load (${reason})` }
  }
}

/** Opens TensorFlow.js, or says what to install. */
async function openTfjs(load: NonNullable<Options['loadTfjs']>, onnxReason?: string): Promise<Engine> {
  try {
    return await (await load()).openTfjs()
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND') throw cause
    const reason = message.split('\n')[0]!
    const [what, reasons] =
      onnxReason === undefined
        ? ['the engine `tfjs`, expected', reason]
        : ['an engine, expected onnxruntime-node or', `${onnxReason}; ${reason}`]
    throw new Error(
      `Cannot open ${what} @tensorflow/tfjs-core to be installed: run \`npx weft add training\` (${reasons})`,
      { cause },
    )
  }
}
