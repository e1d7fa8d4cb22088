import { isAbsolute, resolve } from 'node:path'
import type { VFile } from 'vfile'
import type { Finding } from '../bundle/types/findings.ts'
import { pathFrom } from '../model/paths.ts'
import type { Layout } from './layout.ts'
import { regionOfLine } from './patch.ts'
import type { Message } from './protocol.ts'

/** Rules that say no more than that a result is not there yet. */
const waiting = new Set(['result-is-current', 'cell-has-inputs'])

/** Lists the messages of files. */
export function messagesOf(files: readonly VFile[], root: string): Message[] {
  return files.flatMap(({ cwd, path, messages }) =>
    messages.map(({ reason, line, column, ruleId, fatal }) => ({
      file: pathFrom(root, isAbsolute(path ?? '') ? path : resolve(cwd, path ?? '.')),
      ...(typeof line === 'number' ? { line } : {}),
      ...(typeof column === 'number' ? { column } : {}),
      reason,
      ...(ruleId ? { rule: ruleId } : {}),
      kind: waiting.has(ruleId ?? '') ? 'pending' : fatal ? 'error' : 'warning',
    })),
  )
}

/** Gives the findings of the type checker as messages. */
export function messagesOfFindings(findings: readonly Finding[]): Message[] {
  return findings.map(({ file, place, reason, rule }) => {
    const { line, column } = 'start' in place ? place.start : place
    return { file, line, column, reason, rule, kind: 'warning' }
  })
}

/** Gives each message the region that it is about. */
export function placed(messages: readonly Message[], layout: Layout): Message[] {
  return messages.map(({ region: _, ...message }) => {
    const region = message.line === undefined ? undefined : regionOfLine(layout, message.file, message.line)
    return region ? { ...message, region } : message
  })
}

/** Writes the place of a message as consoles do. */
export function placeOf({ file, line, column }: Pick<Message, 'file' | 'line' | 'column'>): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}
