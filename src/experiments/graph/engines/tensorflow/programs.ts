import type { DType, Node } from '../../node.ts'
import { inOrder, missingNodes } from '../../node.ts'
import { isMask } from '../../ops/dropout.ts'
import { isVariable } from '../../ops/variable.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { Builder } from './builder.ts'
import { openLoop } from './loop.ts'
import { rules } from './rules.ts'
import type { Operation } from './saved-model.ts'

/** Operations with the names of their inputs and outputs. */
export interface Program {
  readonly operations: readonly Operation[]
  /** Variables and placeholders. */
  readonly inputs: ReadonlyMap<Node, string>
  /** Name of the number of steps, where a program has several. */
  readonly steps?: string
  /** The fetched nodes; of steps, the next variables, then all scalars. */
  readonly outputs: readonly string[]
}

/** Builds a program that computes nodes for one batch size. */
export function fetchProgram(fetches: readonly Node[], batch: number): Program {
  const builder = new Builder()
  const inputs = placeholders(builder, sourcesOf(fetches), batch)
  const given = new Map([...inputs].map(([node, name]) => [node, asNode(builder, node, name)]))
  const name = lower(builder, fetches, given, batch)
  const outputs = fetches.map((node) => output(builder, name(node), node.dtype))
  return { operations: builder.operations, inputs, outputs }
}

/**
 * Builds a program that runs any number of steps one after another: a loop (Y. Yu et al., "Dynamic control flow in
 * large-scale machine learning", EuroSys 2018, section 4.2) whose state is the variables that change. Each turn takes
 * its batch as a slice of the rows. Variables do not leave the device between two steps.
 */
export function stepsProgram(step: Step, metrics: readonly Node[], batch: number): Program {
  const builder = new Builder()
  const scalars = [step.loss, ...metrics]
  const roots = [...step.updates.map(([, next]) => next), ...scalars]
  // A variable that changes is an input even if nothing reads it.
  const sources = [...new Set([...step.updates.map(([variable]) => variable), ...sourcesOf(roots)])]
  const inputs = placeholders(builder, sources, undefined)
  const steps = builder.add('Placeholder', [], { dtype: { type: 'int32' }, shape: { shape: [] } })
  // 1. The state of the loop: the number of the turn, the scalars so far, and all variables that change.
  const changing = step.updates.map(([variable]) => variable)
  const loop = openLoop(
    builder,
    [
      { value: builder.scalar(0, 'int32'), dtype: 'int32' },
      { value: scalarList(builder, scalars.length, steps), dtype: 'variant' },
      ...changing.map((node) => ({ value: inputs.get(node)!, dtype: heldType(node) })),
    ],
    steps,
  )
  const [turn, list, ...states] = loop.states as [string, string, ...string[]]
  // 2. What one turn is given: its rows, the variables, and what never changes.
  builder.enter(turn)
  const given = new Map(changing.map((node, index) => [node, asNode(builder, node, states[index]!)]))
  for (const node of sources) {
    if (given.has(node)) continue
    const whole = loop.constant(inputs.get(node)!, heldType(node))
    const rows = node.shape[0] === null ? rowsOf(builder, node, { whole, turn, batch }) : whole
    given.set(node, asNode(builder, node, rows))
  }
  // 3. One step.
  const name = lower(builder, roots, given, batch)
  const packed = builder.add(
    'Pack',
    scalars.map((node) => name(node)),
    { N: { int: scalars.length }, T: { type: 'float32' } },
  )
  const nexts = step.updates.map(([, next]) => held(builder, name(next), next.dtype))
  const longer = builder.add('TensorListSetItem', [list, turn, packed], {
    element_dtype: { type: 'float32' },
  })
  const after = builder.add('AddV2', [turn, builder.scalar(1, 'int32')], { T: { type: 'int32' } })
  const [, all, ...results] = loop.close([after, longer, ...nexts]) as [string, string, ...string[]]
  // 4. What leaves the loop.
  builder.leave()
  const stacked = builder.add('TensorListStack', [all, builder.integers([scalars.length])], {
    element_dtype: { type: 'float32' },
  })
  const outputs = results.map((result, index) => output(builder, result, heldType(changing[index]!)))
  return {
    operations: builder.operations,
    inputs,
    steps,
    outputs: [...outputs, output(builder, stacked, 'float32')],
  }
}

/** Lists what nodes are computed from: variables, placeholders and dropout masks. */
function sourcesOf(roots: readonly Node[]): Node[] {
  return missingNodes(roots, new Map()).filter(
    (node) => node.op.type === 'Placeholder' || isVariable(node) || isMask(node),
  )
}

/** Adds an input for each source; of rows there are as many as the batch has, or any number. */
function placeholders(
  builder: Builder,
  sources: readonly Node[],
  batch: number | undefined,
): Map<Node, string> {
  return new Map(
    sources.map((node) => {
      const shape = withBatch(node.shape, batch ?? -1)
      return [node, builder.add('Placeholder', [], { dtype: { type: heldType(node) }, shape: { shape } })]
    }),
  )
}

/** Writes all nodes that roots need, and gives a function from a node to the name of its value. */
function lower(
  builder: Builder,
  roots: readonly Node[],
  given: ReadonlyMap<Node, string>,
  batch: number,
): (node: Node) => string {
  const names = new Map(given)
  const needed = new Set(missingNodes(roots, given))
  const name = (node: Node): string => {
    const known = names.get(node)
    if (known !== undefined) return known
    const rule = rules[node.op.type]
    if (!rule)
      throw new Error(
        `Cannot compute \`${node.op.type}\` by TensorFlow, expected ${Object.keys(rules).join(', ')}`,
      )
    const written = rule(node, { builder, batch, name })
    names.set(node, written)
    return written
  }
  // In this order no rule descends deep; a rule may pass over some nodes, which are then not written.
  for (const node of inOrder(roots)) if (needed.has(node) && isAlwaysWritten(node)) name(node)
  return name
}

// A ReLU's gradient is written without its mask.
function isAlwaysWritten({ op }: Node): boolean {
  return op.type !== 'Cast' && op.type !== 'Greater'
}

/** Gives the type in which the binding holds a node's elements: it can be given bytes, but gives none back. */
export function heldType(node: Node): DType {
  return node.dtype === 'uint8' && isVariable(node) ? 'int32' : node.dtype
}

function asNode(builder: Builder, node: Node, name: string): string {
  return heldType(node) === node.dtype ? name : converted(builder, name, 'int32', 'uint8')
}

function held(builder: Builder, name: string, dtype: DType): string {
  return dtype === 'uint8' ? converted(builder, name, 'uint8', 'int32') : name
}

function converted(builder: Builder, name: string, from: DType, to: DType): string {
  return builder.add('Cast', [name], { SrcT: { type: from }, DstT: { type: to } })
}

/** Gives a name that is in no other place of a program: an input cannot be fetched, and no output twice. */
function output(builder: Builder, value: string, dtype: DType): string {
  return dtype === 'uint8'
    ? held(builder, value, dtype)
    : builder.add('Identity', [value], { T: { type: dtype } })
}

function scalarList(builder: Builder, width: number, steps: string): string {
  return builder.add('TensorListReserve', [builder.integers([width]), steps], {
    element_dtype: { type: 'float32' },
    shape_type: { type: 'int32' },
  })
}

/** Writes the rows of one turn. */
function rowsOf(
  builder: Builder,
  node: Node,
  { whole, turn, batch }: { readonly whole: string; readonly turn: string; readonly batch: number },
): string {
  const rest = node.shape.slice(1) as number[]
  const begin = builder.add('Mul', [turn, builder.integers([batch, ...rest.map(() => 0)])], {
    T: { type: 'int32' },
  })
  return builder.add('Slice', [whole, begin, builder.integers([batch, ...rest])], {
    T: { type: node.dtype },
    Index: { type: 'int32' },
  })
}
