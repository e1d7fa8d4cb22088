import type { WriteStream } from 'node:tty'
import { suggestion } from '../render/model/nearest.ts'
import { projectRoot } from '../render/syntax/read-report.ts'
import type { Output } from './console.ts'
import { withProgress } from './data/console.ts'
import { findEngines } from './doctor/engine-findings.ts'
import { writeLines } from './doctor/write-findings.ts'
import { type Installed, installTensorflow } from './engine/install.ts'
import { readOptions } from './read-options.ts'

const options = {
  gpu: { type: 'boolean' },
  wheel: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Runs `weft engine install tensorflow` or `weft engine list`. Gives the exit status.
 * @throws if the arguments are wrong, or nothing could be installed
 */
export async function runEngine(
  args: readonly string[],
  { stdout, stderr }: Output,
  folder: string,
  install: typeof installTensorflow = installTensorflow,
): Promise<number> {
  const { positionals, values } = readOptions(args, options)
  const [command, name, ...others] = positionals
  if (values.help || command === undefined) {
    stdout.write(engineHelp)
    return values.help ? 0 : 1
  }
  if (command === 'list') {
    const { columns, isTTY } = stdout as WriteStream
    const hasColours = isTTY === true && (stdout as WriteStream).hasColors()
    const found = await findEngines(projectRoot(folder), process.env)
    stdout.write(writeLines(found, { hasColours, columns: columns || undefined }))
    return 0
  }
  if (command !== 'install')
    throw new Error(
      `Unexpected command \`${command}\`, expected install or list${suggestion(command, ['install', 'list'])}`,
    )
  if (name !== 'tensorflow' || others.length > 0)
    throw new Error(
      `Cannot install ${[name, ...others].join(' ') || 'nothing'}, expected \`weft engine install tensorflow\`: \`npx weft add training\` brings the other engines`,
    )
  const startedAt = performance.now()
  const done = await withProgress(
    (report) =>
      install({ kind: values.gpu ? 'gpu' : 'cpu', given: values.wheel ?? [], env: process.env, report }),
    stderr as NodeJS.WriteStream,
  )
  stdout.write(`${lineOf(done, (performance.now() - startedAt) / 1000)}\n`)
  return 0
}

function lineOf({ version, device, comparedWith, folder, isNew }: Installed, seconds: number): string {
  const where = folder === undefined ? '' : `, in ${folder}`
  const how = isNew ? `installed in ${Math.round(seconds)} s` : 'works already'
  const proof = comparedWith === undefined ? '' : `, trains as ${comparedWith} does`
  return `TensorFlow ${version} on ${device} ${how}${proof}${where}: use it by WEFT_ENGINE=tensorflow`
}

/** The text of `weft engine --help`. */
const engineHelp = `Lists the engines that run graphs, and installs TensorFlow's own library as one of them.

Usage
  weft engine list                          say which engines train here, and what mends the others
  weft engine install tensorflow [options]  fetch its library, compile its binding, and prove it (Linux, x64)

Options
  --gpu           the library that computes on NVIDIA's GPUs, with its CUDA packages (9 GB)
  --wheel FILE    a wheel at hand, in place of fetching it; may be given several times

It needs pip, or the address of a Python index in PIP_INDEX_URL, npm and a C++ compiler; no Python runs later. The
engine lies in the user's cache folder or in WEFT_TENSORFLOW; remove that folder to remove it.
`
