import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyTool } from './copy-tool.ts'

const runs = 5

/** Times the shipped report: from accepted results, again with --cached, and after one word of prose has changed. */
export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  try {
    copyTool(folder)
    const build = (...options: string[]) => {
      const startedAt = performance.now()
      execFileSync(process.execPath, [join(folder, 'lib/cli.js'), 'build', ...options], {
        cwd: folder,
        stdio: 'ignore',
      })
      return (performance.now() - startedAt) / 1000
    }
    const cold = build()
    print('first build, accepted results', [cold], cold)
    print(
      'again',
      times(() => build()),
      cold,
    )
    print(
      'again, --cached',
      times(() => build('--cached')),
      cold,
    )
    const chapter = join(folder, 'report-src/part-a.md')
    print(
      'after one word of prose',
      times((run) => {
        writeFileSync(
          chapter,
          readFileSync(chapter, 'utf8').replace(/grey( images|\w*)/, `grey${'y'.repeat(run)}$1`),
        )
        return build()
      }),
      cold,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function times(run: (index: number) => number): number[] {
  return Array.from({ length: runs }, (_, index) => run(index))
}

function print(what: string, all: readonly number[], base: number): void {
  const median = all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!
  console.log(`${what.padEnd(32)} ${median.toFixed(2)} s   ${(median / base).toFixed(2)} of the first`)
}
