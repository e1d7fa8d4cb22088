import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatVersion } from '../src/render/cache/key.ts'
import { fileOf, serialize, toStoredResult } from '../src/render/cache/result-store.ts'
import { digestOf } from '../src/render/model/digest.ts'
import type { Output } from '../src/render/model/types.ts'
import { home } from './home.ts'
import { type Input, inputs } from './hostile/inputs.ts'
import { bytesOfTree } from './process-tree.ts'

const mostSeconds = 10
const mostBytes = 1e9

/**
 * Builds small reports that ask for much, each as its author would and as one that is not trusted. Prints the seconds
 * and the peak memory of all processes together. Throws if a build needs more than 10 s or 1 GB.
 */
export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-hostile-'))
  const over: string[] = []
  try {
    symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [index, input] of inputs.entries())
      for (const mode of ['ordinary', 'untrusted'] as const) {
        const own = join(folder, `${index}-${mode}`)
        writeReport(own, input)
        const { seconds, bytes, status } = await build(own, mode === 'untrusted' ? ['--untrusted'] : [])
        const memory = bytes === undefined ? '' : `${Math.round(bytes / 1e6)} MB`
        console.log(
          `${input.name.padEnd(32)} ${mode.padEnd(10)} ${seconds.toFixed(1).padStart(5)} s ${memory.padStart(8)}   exit status ${status}`,
        )
        if (seconds > mostSeconds || (bytes ?? 0) > mostBytes) over.push(`${input.name} (${mode})`)
      }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  if (over.length > 0)
    throw new Error(
      `Expected at most ${mostSeconds} s and ${mostBytes / 1e9} GB, found more: ${over.join(', ')}`,
    )
}

// Its accepted results, too: an untrusted build runs no cell, and shows what these hold.
function writeReport(folder: string, { text, figures = {}, code }: Input): void {
  mkdirSync(join(folder, 'freeze'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const cells = Object.entries(figures).map(([label, { spec, alt }]) => {
    const source = `import { figure } from 'weft/output'\nexport default figure(${JSON.stringify(spec)}, ${JSON.stringify({ alt })})`
    return `\`\`\`ts exec #${label}\n${source}\n\`\`\`\n`
  })
  if (code !== undefined) cells.push(`\`\`\`ts exec #code\n${code}\n\`\`\`\n`)
  writeFileSync(join(folder, 'report.md'), `${text}\n\n${cells.join('\n')}`)
  const results = Object.entries(figures).map(([label, shown]) => storedOf(label, shown))
  for (const stored of results) writeFileSync(fileOf(join(folder, 'freeze'), stored.key), serialize(stored))
  const cellKeys = Object.fromEntries(results.map(({ key, provenance }) => [provenance.label, key]))
  const empty = { jobs: {}, figures: [], shown: [], tables: {}, drawings: {}, environments: [], kept: true }
  const lock = { format: 2, profiles: { full: { cells: cellKeys, ...empty } } }
  writeFileSync(join(folder, 'report.lock.json'), JSON.stringify(lock))
}

function storedOf(label: string, shown: Output) {
  const parts = { format: formatVersion, bundle: digestOf(label) }
  const where = { node: '20.0.0', platform: 'linux', cpu: 'x64', computedAt: '2026-01-01T00:00:00.000Z' }
  const provenance = { label, ...where, elapsedMs: 1, bytes: 1 }
  return toStoredResult({
    key: digestOf(parts),
    parts,
    shown: [shown],
    exports: {},
    measured: {},
    provenance,
  })
}

interface Measured {
  readonly seconds: number
  /** Undefined where the system does not tell it. */
  readonly bytes: number | undefined
  readonly status: number | null
}

async function build(folder: string, options: readonly string[]): Promise<Measured> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [join(home, 'lib/cli.js'), 'build', 'report.md', ...options], {
    cwd: folder,
    stdio: 'ignore',
  })
  let bytes: number | undefined
  const timer = setInterval(() => {
    const now = bytesOfTree(child.pid!)
    if (now !== undefined) bytes = Math.max(bytes ?? 0, now)
  }, 50)
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve)
    })
    return { seconds: (performance.now() - startedAt) / 1000, bytes, status }
  } finally {
    clearInterval(timer)
  }
}
