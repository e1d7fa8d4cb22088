import { homedir } from 'node:os'
import { join } from 'node:path'
import type { LoadOptions } from './dataset.ts'

/**
 * Gives the folder for downloaded files of all data sets: `weft/data` in XDG_CACHE_HOME, else in ~/Library/Caches
 * (macOS), %LOCALAPPDATA% (Windows) or ~/.cache. The folder may not exist yet.
 */
export function cacheFolder({ env = process.env, platform = process.platform }: LoadOptions = {}): string {
  return join(userCache(env, platform), 'weft', 'data')
}

/** Gives the folder in which a platform keeps what can be fetched again. */
export function userCache(env: NonNullable<LoadOptions['env']>, platform: string): string {
  // By the Base Directory Specification, a relative path here is invalid and must be ignored.
  if (env.XDG_CACHE_HOME?.startsWith('/')) return env.XDG_CACHE_HOME
  const home = env.HOME || homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local')
  return join(home, '.cache')
}
