import type { Node, Parent, Point, Position } from 'unist'
import { VFile } from 'vfile'
import { clone } from './clone.ts'

/** What a step of rendering makes of one node of a chapter, and all that decides it. */
interface Step<Out> {
  /** Different steps of one node have different names. */
  readonly name: string
  /** What it is made of: equal only to itself. */
  readonly of: object
  /** Where the node stands in its chapter now. */
  readonly at: Point | undefined
  /** Gets the messages of the step. */
  readonly file: VFile
  /** Everything else that decides the result. */
  readonly given: string
  /** Answers a question that `make` asked on the way: another answer makes the step anew. */
  answer?(question: string): string
  /** Makes it anew in any case. */
  readonly isForced?: boolean
  /** Leaves its messages on the file that it is given, and names the questions whose answers it used. */
  make(file: VFile, ask: (question: string) => void): Out | Promise<Out>
  /** The nodes of a result: their positions move with the chapter. */
  nodesOf(out: Out): readonly Node[]
  /** Whether the result made before may stand for a new one, because both are the same. */
  isSame?(before: Out, now: Out): boolean
}

interface Made {
  readonly out: unknown
  readonly given: string
  readonly answers: ReadonlyMap<string, string>
  readonly messages: readonly Kept[]
  at: Point | undefined
}

/** A message as it is kept, to be left on the next file of its chapter. */
export interface Kept {
  readonly reason: string
  readonly rule: string | undefined
  readonly isError: boolean
  readonly place: Position | Point | undefined
  readonly cause: unknown
}

/**
 * Remembers what the steps of rendering made of each node of a report, from one update to the next. A build begins with
 * an empty one, so that it takes the same way as a preview, which changes a few nodes only. What belongs to nodes that
 * are gone goes with them.
 */
export class Memory {
  #made = new WeakMap<object, Map<string, Made>>()
  #moved = new WeakMap<Point, number>()
  #origins = new WeakMap<object, Node>()
  #values = new Map<string, unknown>()
  #update = 0
  #key = ''

  /** Begins an update: positions may move once in each. Forgets everything if `key`, which decides all steps, differs. */
  begin(key: string): void {
    this.#update += 1
    if (key === this.#key) return
    this.#key = key
    this.#made = new WeakMap()
    this.#origins = new WeakMap()
    this.#values.clear()
  }

  /** Gives the result of a step: a remembered one if all that decides it is unchanged. */
  async recall<Out>(step: Step<Out>): Promise<Out> {
    const steps = this.#made.get(step.of) ?? new Map<string, Made>()
    this.#made.set(step.of, steps)
    const before = steps.get(step.name)
    if (before) this.#follow(before, step.at, step.nodesOf(before.out as Out))
    if (before && !step.isForced && isCurrent(before, step)) {
      replay(before.messages, step.file)
      return before.out as Out
    }
    const file = new VFile({
      path: step.file.path,
      cwd: step.file.cwd,
      value: step.file.value,
      data: step.file.data,
    })
    const answers = new Map<string, string>()
    const made = await step.make(file, (question) => {
      if (!answers.has(question)) answers.set(question, step.answer!(question))
    })
    const messages = keptMessages(file)
    const isSame = before !== undefined && step.isSame?.(before.out as Out, made) === true
    const out = isSame ? (before.out as Out) : made
    steps.set(step.name, { out, given: step.given, answers, messages, at: pointOf(step.at) })
    replay(messages, step.file)
    return out
  }

  // Its chapter may have moved it since.
  #follow(made: Made, at: Point | undefined, nodes: readonly Node[]): void {
    if (!at || !made.at) return
    const [lines, characters] = [at.line - made.at.line, (at.offset ?? 0) - (made.at.offset ?? 0)]
    made.at = pointOf(at)
    if (lines === 0 && characters === 0) return
    this.move(nodes, lines, characters)
    for (const { place } of made.messages) this.#movePlace(place, lines, characters)
  }

  /** Moves the positions of some nodes and of all below them, each once in an update: nodes may share them. */
  move(nodes: readonly Node[], lines: number, characters: number): void {
    for (const node of nodes) {
      this.#movePlace(node.position, lines, characters)
      if ('children' in node) this.move((node as Parent).children, lines, characters)
    }
  }

  /** Moves the places of messages. */
  moveMessages(messages: readonly Pick<Kept, 'place'>[], lines: number, characters: number): void {
    for (const { place } of messages) this.#movePlace(place, lines, characters)
  }

  #movePlace(place: Position | Point | undefined, lines: number, characters: number): void {
    if (!place) return
    for (const point of 'start' in place ? [place.start, place.end] : [place]) {
      if (this.#moved.get(point) === this.#update) continue
      this.#moved.set(point, this.#update)
      point.line += lines
      if (point.offset !== undefined) point.offset += characters
    }
  }

  /** Says whether a step was taken before. */
  has(of: object, name: string): boolean {
    return this.#made.get(of)?.has(name) === true
  }

  /** Says of which node of a chapter others were made. */
  setOrigin(nodes: readonly object[], origin: Node): void {
    for (const node of nodes) this.#origins.set(node, origin)
  }

  /** Gives the node of a chapter of which another was made. */
  originOf(node: object): Node | undefined {
    return this.#origins.get(node)
  }

  /** Gives a value of the last update. */
  value<T>(name: string): T | undefined {
    return this.#values.get(name) as T | undefined
  }

  /** Keeps a value for the next update. */
  keep<T>(name: string, value: T): T {
    this.#values.set(name, value)
    return value
  }
}

function isCurrent(made: Made, { given, answer }: Pick<Step<unknown>, 'given' | 'answer'>): boolean {
  if (made.given !== given) return false
  for (const [question, before] of made.answers) if (answer?.(question) !== before) return false
  return true
}

function pointOf(point: Point | undefined): Point | undefined {
  return point && { line: point.line, column: point.column, offset: point.offset }
}

/** Takes the messages of a file, to leave them on another one later. */
export function keptMessages(file: VFile): Kept[] {
  return file.messages.map(({ reason, ruleId, fatal, place, cause }) => ({
    reason,
    rule: ruleId,
    isError: fatal === true,
    place: clone(place),
    cause,
  }))
}

/** Leaves kept messages on a file. */
export function replay(messages: readonly Kept[], file: VFile): void {
  for (const { reason, rule, isError, place, cause } of messages) {
    const message = file.message(reason, {
      place: clone(place),
      ruleId: rule,
      source: 'weft',
      cause: cause as Error | undefined,
    })
    message.fatal = isError
  }
}
