import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Point, Position } from 'unist'
import type { VFile } from 'vfile'
import { pointInChapter } from '../bundle/point-source.ts'
import { largeBytes, megabytes } from '../cache/provenance.ts'
import type { CellResult } from '../execute/cell-result.ts'
import { isProgram } from '../execute/write-program.ts'
import { fail, warn } from '../model/messages.ts'
import type { Rule } from '../model/rules.ts'
import type { Cell, Failure } from '../model/types.ts'

/**
 * Reports a cell without a current result at its place in the chapter, and returns the text of the message; returns
 * undefined for a cell with a current result.
 */
export function reportFailure(
  file: VFile,
  cellResult: CellResult,
  all: ReadonlyMap<string, CellResult>,
): string | undefined {
  const { cell } = cellResult
  if (cellResult.state === 'stale' && cellResult.isAwaited) return undefined
  if (cellResult.state === 'failed') return reportRun(file, cell, cellResult.failure)
  if (cellResult.state === 'skipped') {
    const owner = all.get(cellResult.owner)
    const how =
      owner?.state === 'skipped'
        ? 'was skipped'
        : owner?.state === 'stale'
          ? 'has no current result'
          : 'failed'
    return report(
      file,
      'cell-has-inputs',
      `Skipped \`#${cell.label}\`, it needs \`${cellResult.needs}\` of \`#${cellResult.owner}\`, which ${how}`,
      cell.position,
    )
  }
  if (cellResult.state === 'stale' && cellResult.needs !== undefined) {
    const reason = `Cannot show \`#${cell.label}\` as it is, it needs \`${cellResult.needs}\`, whose cell has no current result`
    return report(file, 'result-is-current', reason, cell.position)
  }
  if (cellResult.state === 'stale') {
    const what =
      cellResult.reason ??
      (cellResult.stored
        ? 'shown is the accepted one, computed from other sources. Build without --cached'
        : 'there is no accepted one. Build without --cached')
    return report(
      file,
      'result-is-current',
      `Cannot show \`#${cell.label}\` as it is, its result is missing and nothing may run: ${what}`,
      cell.position,
    )
  }
  if ('stored' in cellResult && cellResult.stored && cellResult.stored.provenance.bytes > largeBytes) {
    const size = megabytes(cellResult.stored.provenance.bytes)
    warn(
      file,
      'result-is-json',
      `\`#${cell.label}\` gives ${size} of JSON, expected at most ${megabytes(largeBytes)}`,
      cell.position,
    )
  }
  if (
    cellResult.state === 'ran' &&
    cellResult.stored.shown.length + Object.keys(cellResult.stored.exports).length === 0
  ) {
    const reason = `\`#${cell.label}\` gives nothing, expected an \`export default\` to show or an \`export const\` for later cells`
    warn(file, 'cell-runs', reason, cell.position)
  }
  if (cellResult.state === 'unevaluated' && cell.options.evaluate) return `Cannot bundle #${cell.label}`
  return undefined
}

function reportRun(file: VFile, cell: Cell, failure: Failure): string {
  const { faults = [], note } = failure
  if (faults.length > 0) return reportFaults(file, cell, failure, faults, note)
  const frames = ownFrames(failure.frames ?? [], file.cwd)
  // The further lines of a long message stay below its first line.
  const [message, ...more] = explain(failure.message, failure.kind, file.cwd).split('\n')
  const own = frames.find((frame) => frame.path === file.path)
  const place = own ? pointInChapter(own, cell, String(file)) : cell.position
  const stack = frames.map((frame) =>
    frameText(frame === own && 'line' in place ? { ...frame, ...place } : frame),
  )
  const reason = `Cannot run \`#${cell.label}\`, ${message}`
  const words = report(file, rules[failure.kind] ?? 'cell-runs', reason, place, [...more, ...stack])
  return [words, ...more].join(' ')
}

function reportFaults(
  file: VFile,
  cell: Cell,
  { kind }: Failure,
  faults: NonNullable<Failure['faults']>,
  note: string | undefined,
): string {
  const reasons = faults.map(({ message, place }, index) => {
    const reason = `Cannot run \`#${cell.label}\`, ${explain(message, kind, file.cwd)}`
    const at = place ? pointInChapter(place, cell, String(file)) : cell.position
    return report(file, rules[kind] ?? 'cell-bundles', reason, at, index === 0 && note ? [note] : [])
  })
  return [...reasons, ...(note ? [note] : [])].join('; ')
}

// Whatever checks that a value is JSON names a number that is not finite without saying what was expected.
function explain(message: string, kind: Failure['kind'], root: string): string {
  const text = withoutFolder(message, root)
  const isNumber = kind === 'not-json' && /: (NaN|-?Infinity)$/.test(text)
  return isNumber ? `${text}, expected a finite number or null` : text
}

// Node prints absolute paths; the page shows them relative to the project, so they are the same on every machine.
function withoutFolder(message: string, root: string): string {
  return message.replaceAll(root + sep, '')
}

// For all other kinds, the cell does not run.
const rules: { readonly [kind in Failure['kind']]?: Rule } = {
  'no-alt': 'figure-has-alt',
  'not-json': 'result-is-json',
}

function report(
  file: VFile,
  rule: Rule,
  reason: string,
  place: Position | Point,
  note: readonly string[] = [],
): string {
  fail(file, rule, reason, place, { note })
  return reason.replaceAll('`', '')
}

interface Frame extends Point {
  readonly name: string | undefined
  /** Relative to the project's root. */
  readonly path: string
}

// Keeps the frames in the project's own files: not in a package, and not in a bundle whose source map has no entry
// for them.
function ownFrames(lines: readonly string[], root: string): Frame[] {
  const frames = lines.flatMap((line) => parseFrame(line.trim(), root) ?? [])
  return frames.filter(({ path }) => !/^(\/|\.\.|node:)|(^|\/)node_modules\//.test(path) && !isProgram(path))
}

function parseFrame(line: string, root: string): Frame | undefined {
  const match = /^at (?:(.*) \()?(.+?):(\d+):(\d+)\)?$/.exec(line)
  if (!match) return undefined
  const [, name, source, row, column] = match as unknown as [
    string,
    string | undefined,
    string,
    string,
    string,
  ]
  const path = source.startsWith('file:') ? fileURLToPath(source.replace(/\?.*$/, '')) : source
  const inside = path.startsWith(join(root, '/')) ? path.slice(join(root, '/').length) : path
  const isNamed = name !== undefined && name !== '<anonymous>' && name !== 'Module.<anonymous>'
  return { name: isNamed ? name : undefined, path: inside, line: Number(row), column: Number(column) }
}

function frameText({ name, path, line, column }: Frame): string {
  const place = `${path}:${line}:${column}`
  return name === undefined ? `at ${place}` : `at ${name} (${place})`
}
