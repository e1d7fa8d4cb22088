import { join, resolve } from 'node:path'
import { userCache } from '../../../data/folders.ts'

/** The version of TensorFlow that `weft engine install tensorflow` brings. */
export const tensorflowVersion = '2.21.0'

/** Whether a TensorFlow computes on the processor alone, or by CUDA where there is a GPU. */
export type Kind = 'cpu' | 'gpu'

/** What the place of an installed TensorFlow depends on. */
export interface Place {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly arch: string
}

/** Describes this process. */
export function thisPlace(env: Place['env'] = process.env): Place {
  return { env, platform: process.platform, arch: process.arch }
}

/**
 * Gives the folder of an installed TensorFlow, which may not exist: WEFT_TENSORFLOW, or one in the user's cache folder.
 * It holds `tfjs_binding.node` and, below `tensorflow`, the libraries. XDG_CACHE_HOME has no effect, because it does
 * not reach jobs.
 */
export function tensorflowFolder(kind: Kind, { env, platform, arch }: Place): string {
  if (env.WEFT_TENSORFLOW) return resolve(env.WEFT_TENSORFLOW)
  const cache = userCache({ HOME: env.HOME }, platform)
  return join(cache, 'weft', `tensorflow-${tensorflowVersion}-${platform}-${arch}-${kind}`)
}
