import type { Message } from './protocol.ts'

/** Lines of a file that an edit moved: those after a line, by so many. */
export interface MovedLines {
  readonly file: string
  readonly line: number
  readonly by: number
}

/**
 * The messages of a report. Those of slow checks stay, moved with their lines, until the next check: else they would come
 * and go with each edit.
 */
interface MessageBoard {
  /** All of them. */
  readonly all: readonly Message[]
  /** Takes the messages of an update. */
  updated(messages: readonly Message[], moved: readonly MovedLines[]): void
  /** Takes all messages of an update after slow checks of it. */
  checked(messages: readonly Message[]): void
  /** Takes the findings of the type checker. */
  typed(messages: readonly Message[]): void
}

/** Opens an empty board. */
export function openMessageBoard(): MessageBoard {
  let quick: readonly Message[] = []
  let slow: readonly Message[] = []
  let types: readonly Message[] = []
  return {
    get all() {
      return unique([...quick, ...slow, ...types])
    },
    updated(messages, moved) {
      quick = messages
      slow = slow.map((message) => movedMessage(message, moved))
      types = types.map((message) => movedMessage(message, moved))
    },
    checked(messages) {
      const known = new Set(quick.map(nameOf))
      slow = messages.filter((message) => !known.has(nameOf(message)))
    },
    typed(messages) {
      types = messages
    },
  }
}

function movedMessage(message: Message, moved: readonly MovedLines[]): Message {
  const { file, line } = message
  const own = moved.find((one) => one.file === file)
  return own && line !== undefined && line > own.line ? { ...message, line: line + own.by } : message
}

function nameOf({ file, line, column, reason }: Message): string {
  return JSON.stringify([file, line, column, reason])
}

const kinds = ['error', 'warning', 'pending']

function unique(messages: readonly Message[]): Message[] {
  const found = new Map(messages.map((message) => [nameOf(message), message]))
  return [...found.values()].sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind))
}
