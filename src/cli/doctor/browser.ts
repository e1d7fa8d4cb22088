import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolders, removeBrowserFolders } from '../../render/print/cache-folder.ts'
import { namingVariables } from '../../render/print/installed.ts'
import type { BrowserFacts } from './browser-facts.ts'
import type { Finding } from './finding.ts'
import { findTemporary } from './folders.ts'
import { type Probed, probe } from './probe.ts'
import { installBrowser, reinstall, type System } from './remedies.ts'

const timeoutMs = 40_000

/** Prints a line with the browser that builds would print with, and says why those before it are not used. */
export async function findPrinter(
  root: string,
  system: System,
  temporary: () => Promise<Finding> = findTemporary,
): Promise<readonly Finding[]> {
  // The finding on the folder for temporary files says more. On a full disk no browser prints, and none is at fault.
  const isUsable = (await temporary()).state === 'ok'
  const scratch = isUsable ? await mkdtemp(join(tmpdir(), 'weft-doctor-')).catch(() => undefined) : undefined
  if (scratch === undefined)
    return [{ id: 'browser', state: 'fault', text: 'not tried: no temporary folder can be used' }]
  try {
    const onEnd = removeBrowserFolders
    const probed = await probe('browser', { scratch }, { env: system.env, timeoutMs, onEnd })
    return browserFindings(probed, { root, system })
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Says of each browser that was tried what it did. */
export function browserFindings(
  probed: Probed<BrowserFacts>,
  { root, system }: { readonly root: string; readonly system: System },
): readonly Finding[] {
  const remedy = installBrowser(system)
  if (!probed.ok) return [{ id: 'browser', state: 'fault', text: `none prints: ${probed.reason}`, remedy }]
  const { used, skipped, isPacked } = probed.value
  const others = skipped.map(({ origin, executable, reason }): Finding => {
    const isNamed = (namingVariables as readonly string[]).includes(origin)
    return {
      id: `browser/${origin}`,
      state: 'lacks',
      text: `${executable ?? 'the one that Weft brings'} does not print: ${reason.split('\n')[0]}`,
      ...(isNamed && { remedy: `unset ${origin}` }),
      ...(origin === 'bundled' && bundledRemedy(reason, root)),
    }
  })
  if (!used) return [...others, { id: 'browser', state: 'fault', text: 'none is found that prints', remedy }]
  const { origin, executable, version } = used
  const name = version.replace(/^Headless/, '').replace('/', ' ')
  const where = isPacked
    ? `tried in a temporary folder: the first build unpacks 197 MB into ${cacheFolders()[0]}`
    : executable
  return [
    ...others,
    {
      id: 'browser',
      state: 'ok',
      text: `${name}, ${origin}, prints text; ${where}`,
      facts: { ...used, isPacked },
    },
  ]
}

function bundledRemedy(reason: string, root: string): { readonly remedy?: string } {
  return /Cannot find module|ENOENT/.test(reason) ? { remedy: reinstall(root) } : {}
}
