import { orList } from '../../render/model/nearest.ts'
import { messageOf } from '../../render/model/optional-packages.ts'
import { plural } from '../../render/output/format.ts'
import { type ProbedEngine, probeEngines } from './engines.ts'
import type { Finding } from './finding.ts'
import { installVulkan, reinstall, type System, thisSystem } from './remedies.ts'

/**
 * Says of each engine on what it trains, or why it does not and what mends that. If engines cannot even be listed, as with
 * a damaged installation, that is one finding.
 */
export async function findEngines(
  root: string,
  env: NodeJS.ProcessEnv,
  probeAll: (options: { readonly env: NodeJS.ProcessEnv }) => Promise<readonly ProbedEngine[]> = probeEngines,
): Promise<readonly Finding[]> {
  const probed = await probeAll({ env }).catch((error: unknown) => ({ error }))
  if (!('error' in probed)) return engineFindings(probed, { root, env })
  return [
    {
      id: 'engine',
      state: 'lacks',
      text: `engines cannot be listed: ${messageOf(probed.error)}`,
      remedy: reinstall(root),
    },
  ]
}

interface Where {
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly system?: System
}

/** Writes what the engines did. None is a fault: a report is built from accepted results without one. */
export function engineFindings(
  probed: readonly ProbedEngine[],
  { root, env, system = thisSystem(env) }: Where,
): readonly Finding[] {
  const automatic = probed.find(({ entry, probed: found }) => entry.isAutomatic && found.ok)
  const taken = env.WEFT_ENGINE || automatic?.entry.name
  const findings = probed.map((engine): Finding => {
    const { entry, probed: found } = engine
    const id = `engine/${entry.name}`
    const isTaken = entry.name === taken
    const how = env.WEFT_ENGINE ? 'named by WEFT_ENGINE' : 'the one that builds take'
    if (!found.ok)
      return {
        id,
        state: 'lacks',
        text: `does not train${isTaken ? `, though ${how}` : ''}: ${shortReason(found.reason)}`,
        ...remedyOf(engine, root, system),
      }
    const { name, version, device, threads } = found.value
    const width = threads === undefined ? '' : `, ${plural(threads, 'thread')} a job`
    return {
      id,
      state: 'ok',
      text: `${name} ${version} trains on ${device}${width}${isTaken ? `; ${how}` : ''}`,
      facts: { ...found.value, isTaken },
    }
  })
  const names = probed.map(({ entry }) => entry.name)
  if (taken === undefined || names.includes(taken)) return findings
  return [...findings, unknownEngine(taken, names)]
}

function unknownEngine(name: string, names: readonly string[]): Finding {
  const text = `there is none of this name, though WEFT_ENGINE names it: expected ${orList(names)}`
  return { id: `engine/${name}`, state: 'lacks', text, remedy: 'unset WEFT_ENGINE' }
}

function shortReason(reason: string): string {
  return reason
    .split('\n')[0]!
    .replace(/^Cannot open the engine `[^`]*`, /, '')
    .replace(/: run `[^`]*` \(/, ' (')
}

// A package for another C library loads after no installation.
const foreignLibrary = /GLIBC|ld-linux|ld-musl|libstdc\+\+/

function remedyOf(
  { entry, probed }: ProbedEngine,
  root: string,
  system: System,
): { readonly remedy?: string } {
  if (probed.ok) return {}
  const { code, reason, isLost } = probed
  if (foreignLibrary.test(reason))
    return { remedy: 'set WEFT_ENGINE=tfjs, or use a system with the C library that it names' }
  if (reason.startsWith('no answer')) return {}
  const [, variable] = /^Unexpected (WEFT_\w+)=/.exec(reason) ?? []
  if (variable) return { remedy: `unset ${variable}` }
  if (code === 'ERR_MODULE_NOT_FOUND') return { remedy: entry.install }
  // What an engine says of its own needs is more exact.
  if (/apt-get install libvulkan1\b/.test(reason)) return { remedy: installVulkan(system) }
  // `weft add` leaves a damaged package as it is, and brings no graphics processor; other commands install again.
  if (!entry.install.startsWith('npx weft add ')) return { remedy: entry.install }
  const isDamaged = isLost === true || code === 'ERR_DLOPEN_FAILED' || code === 'MODULE_NOT_FOUND'
  return isDamaged ? { remedy: reinstall(root) } : {}
}
