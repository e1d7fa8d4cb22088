import { readFile } from 'node:fs/promises'
import { devNull } from 'node:os'
import { join } from 'node:path'

/**
 * Gives the address of the Python index that pip would use, from PIP_INDEX_URL or pip's files of settings; undefined
 * if nothing names one.
 */
export async function indexAddress(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (env.PIP_INDEX_URL) return env.PIP_INDEX_URL
  // So pip is told to read no file at all.
  if (env.PIP_CONFIG_FILE === devNull) return undefined
  for (const path of filesOfSettings(env)) {
    const text = await readFile(path, 'utf8').catch(() => '')
    const [, address] = /^\s*index[-_]url\s*[=:]\s*(\S+)/m.exec(text) ?? []
    if (address !== undefined) return address
  }
  return undefined
}

// In the order in which one overrides the other.
function filesOfSettings(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? ''
  const own = [
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'pip', 'pip.conf'),
    join(home, '.pip', 'pip.conf'),
  ]
  return [
    ...(env.PIP_CONFIG_FILE ? [env.PIP_CONFIG_FILE] : []),
    ...own,
    '/etc/pip.conf',
    '/etc/xdg/pip/pip.conf',
  ]
}
