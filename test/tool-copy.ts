import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project that is tested. */
export const home = fileURLToPath(new URL('..', import.meta.url))

interface Cleanup {
  after(clean: () => void): void
}

export interface Ended {
  readonly code: number | null
  readonly text: string
}

/** Makes a temporary folder that goes with the test. */
export function temporaryFolder(test: Cleanup): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weft-tool-')))
  test.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
  return folder
}

/**
 * Copies the sources of the tool into a folder of its own, so that making `lib` there disturbs no other test.
 * @param without packages that are not installed there
 */
export function copyTool(test: Cleanup, { without = [] as readonly string[] } = {}): string {
  const folder = temporaryFolder(test)
  for (const name of readdirSync(home, { withFileTypes: true }))
    if (name.isFile()) cpSync(join(home, name.name), join(folder, name.name))
  // All that the tarball holds.
  for (const name of ['src', 'docs', 'editors'])
    cpSync(join(home, name), join(folder, name), { recursive: true })
  const names = readdirSync(join(home, 'node_modules')).filter((name) => !without.includes(name))
  linkPackages(folder, names)
  return folder
}

/**
 * Packs the tool as npm publishes it. Gives the folder of the sources that it is made from, and the tarball.
 * @param isMade with `lib` as it is here: to make it with its types takes longer than most tests of a package
 */
export async function packTool(
  test: Cleanup,
  { isMade = false } = {},
): Promise<{ readonly tool: string; readonly tarball: string }> {
  const tool = copyTool(test)
  if (isMade) cpSync(join(home, 'lib'), join(tool, 'lib'), { recursive: true })
  const { code, text } = await run('npm', ['pack', ...(isMade ? ['--ignore-scripts'] : [])], { cwd: tool })
  assert.equal(code, 0, text)
  const { version } = JSON.parse(readFileSync(join(tool, 'package.json'), 'utf8'))
  return { tool, tarball: join(tool, `weft-${version}.tgz`) }
}

/** Links packages of this project into the `node_modules` of a folder. */
export function linkPackages(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(home, 'node_modules', name), link, 'junction')
  }
}

/**
 * Runs a program to its end.
 * @param isAlone with the given environment alone, without this process' own
 */
export function run(
  command: string,
  args: readonly string[],
  {
    cwd,
    env = {},
    isAlone = false,
  }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly isAlone?: boolean },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: isAlone ? env : { ...process.env, ...env } })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, text }))
  })
}
