import { isAbsolute, relative, resolve } from 'node:path'
import type { VFile } from 'vfile'
import { type Layout, regionOfLine } from './patch.ts'
import type { Message } from './protocol.ts'

/** Rules that say no more than that a result is not there yet. */
const waiting = new Set(['result-is-current', 'cell-has-inputs'])

/** Lists the messages of files, each once, with the region of the page that it is about; errors first. */
export function messagesOf(files: readonly VFile[], root: string, layout: Layout): Message[] {
  const found = new Map<string, Message>()
  for (const { cwd, path, messages } of files)
    for (const { reason, line, column, ruleId, fatal } of messages) {
      const absolute = isAbsolute(path ?? '') ? path : resolve(cwd, path ?? '.')
      const file = relative(root, absolute)
      const message: Message = {
        file,
        ...(line === undefined || line === null ? {} : { line }),
        ...(column === undefined || column === null ? {} : { column }),
        reason,
        ...(ruleId ? { rule: ruleId } : {}),
        kind: waiting.has(ruleId ?? '') ? 'pending' : fatal ? 'error' : 'warning',
      }
      const region = message.line === undefined ? undefined : regionOfLine(layout, file, message.line)
      found.set(JSON.stringify(message), region ? { ...message, region } : message)
    }
  const all = [...found.values()]
  return (['error', 'warning', 'pending'] as const).flatMap((kind) => all.filter((one) => one.kind === kind))
}

/** Writes the place of a message as consoles do. */
export function placeOf({ file, line, column }: Pick<Message, 'file' | 'line' | 'column'>): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}
