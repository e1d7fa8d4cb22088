import { readFileSync } from 'node:fs'
import { availableParallelism, freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import { weftHome } from '../../render/model/home.ts'
import { askProgram } from './ask-program.ts'
import { type Finding, sizeOf } from './finding.ts'
import { probe } from './probe.ts'
import { type Ask, lacks } from './programs.ts'
import { reinstall } from './remedies.ts'

/** What Node says of itself. */
interface NodeFacts {
  readonly version: string
  readonly platform: string
  readonly arch: string
}

/** Says whether this Node is one that Weft runs on. */
export function findNode({ version, platform, arch }: NodeFacts = process): Finding {
  const expected = leastNode()
  const isOld = compareVersions(version, expected) < 0
  const found = `${version.replace(/^v/, '')} on ${platform}-${arch}`
  const machine = `${availableParallelism()} processors, ${sizeOf(freemem())} of ${sizeOf(totalmem())} memory free`
  return {
    id: 'node',
    state: isOld ? 'fault' : 'ok',
    text: `${found}, expected ${expected} or later; ${machine}`,
    ...(isOld && { remedy: 'install Node 24 from https://nodejs.org, or run `npx -p node@24 weft doctor`' }),
    facts: { version, platform, arch, expected },
  }
}

function leastNode(): string {
  const { engines } = JSON.parse(readFileSync(join(weftHome(), 'package.json'), 'utf8')) as {
    readonly engines: { readonly node: string }
  }
  return engines.node.replace('>=', '')
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.replace(/^v/, '').split('.').map(Number))
  const index = [0, 1, 2].find((at) => (left![at] ?? 0) !== (right![at] ?? 0))
  return index === undefined ? 0 : (left![index] ?? 0) - (right![index] ?? 0)
}

/** Says whether npm is there, which installs packages and runs scripts; a build does without it. */
export async function findNpm(
  env: NodeJS.ProcessEnv,
  ask: Ask = (program, args) => askProgram(program, args, { env }),
): Promise<Finding> {
  const answered = await ask('npm', ['--version'])
  const { text } = answered
  if (text !== undefined) return { id: 'npm', state: 'ok', text, facts: { version: text } }
  const use = "builds do without it, `weft add` and npm's scripts do not"
  return lacks('npm', answered, { use, remedy: 'put npm into PATH: it comes with Node' })
}

/** Says whether the bundler runs: it is a program of its own, another one for each platform. */
export async function findBundler(root: string): Promise<Finding> {
  const found = await probe('bundler', undefined as never)
  if (found.ok)
    return { id: 'bundler', state: 'ok', text: `esbuild ${found.value.version}`, facts: found.value }
  return {
    id: 'bundler',
    state: 'fault',
    text: `esbuild does not run: ${found.reason.split('\n')[0]}`,
    remedy: reinstall(root),
  }
}
