import type { Node } from '../../node.ts'
import { inOrder } from '../../node.ts'
import { isVariable } from '../../ops/variable.ts'
import type { Step } from '../../optimizers/optimizer.ts'
import { withBatch } from '../../shape.ts'
import { Builder } from './builder.ts'
import { Lowering } from './lowering.ts'
import type { Graph, Port } from './model.ts'
import type { Scaled } from './rule.ts'

/** A graph with the names of its inputs. The outputs of a step are its variables in their order, then all scalars. */
export interface Program {
  readonly graph: Graph
  /** Inputs whose elements do not depend on the batch: variables, and placeholders without a batch. */
  readonly fixed: ReadonlyMap<Node, string>
  /** Rows of placeholders with a batch: all rows of the data if the order is an input, else only those of this run. */
  readonly rows: ReadonlyMap<Node, string>
  readonly masks: ReadonlyMap<Node, string>
}

export interface StepOptions {
  readonly step: Step
  readonly metrics: readonly Node[]
  readonly batchSize: number
  /** Whether the rows have an order of their own, which is the input `order`. */
  readonly hasOrder: boolean
  /** Whether one thread runs the operations. The bits of results do not depend on it. */
  readonly hasOneThread?: boolean
}

/** Builds a program that computes nodes for one batch size. */
export function fetchProgram(fetches: readonly Node[], batch: number): Program {
  const builder = new Builder()
  const fixed = new Map<Node, string>()
  const rows = new Map<Node, string>()
  const inputs: Port[] = []
  for (const node of sources(fetches)) {
    const name = `input_${inputs.length}`
    ;(node.shape[0] === null ? rows : fixed).set(node, name)
    inputs.push({ name, type: node.dtype, shape: withBatch(node.shape, batch) })
  }
  const given = plainly([...fixed, ...rows])
  const lowering = new Lowering({ builder, roots: fetches, given, rows: batch, batch })
  const outputs = fetches.map((node) => ({
    name: builder.output(lowering.name(node)),
    type: node.dtype,
    shape: withBatch(node.shape, batch),
  }))
  return { graph: builder.whole(inputs, outputs), fixed, rows, masks: new Map() }
}

/**
 * Builds a program that runs any number of steps one after another: a Scan whose state is the variables that change.
 * Each iteration sees its batch as a slice of the rows, which costs no copy, or gathers it by the order.
 */
export function stepsProgram(options: StepOptions): Program {
  const { step, metrics, batchSize, hasOrder, hasOneThread } = options
  const builder = new Builder()
  const body = new Builder(builder)
  const ports = portsOf(options, ['steps', batchSize])
  // 1. Name the inputs of the body: variables that change, the batch, the masks.
  const states = variablePorts(step, 'state')
  const { given, slices, scanned } = rowInputs(ports, body, { rows: batchSize, hasOrder })
  for (const [index, [variable]] of step.updates.entries()) given.set(variable, states[index]!.name)
  // 2. Lower one step.
  const roots = [...step.updates.map(([, next]) => next), step.loss, ...metrics]
  const lowering = new Lowering({
    builder: body,
    roots,
    given: plainly([...given]),
    rows: batchSize,
    batch: batchSize,
    hasOneThread,
  })
  const nexts = step.updates.map(([, next], index) => ({
    ...states[index]!,
    name: body.output(lowering.name(next)),
  }))
  const scalars = stack(body, lowering, [step.loss, ...metrics])
  // 3. Scan over all steps.
  const outputs = variablePorts(step, 'next')
  builder.push({
    type: 'Scan',
    inputs: [...step.updates.map(([variable]) => ports.fixed.get(variable)!), ...scanned],
    outputs: [...outputs.map(({ name }) => name), 'scalars'],
    attributes: {
      body: { graph: body.graph([...states, ...slices], [...nexts, scalars]) },
      num_scan_inputs: { int: scanned.length },
    },
  })
  const all: Port = { name: 'scalars', type: 'float32', shape: ['steps', metrics.length + 1] }
  return { ...ports, graph: builder.whole(ports.inputs, [...outputs, all]) }
}

/** Builds a program that runs one step, for engines where a Scan would copy its state in each iteration. */
export function stepProgram(options: Omit<StepOptions, 'hasOrder'>): Program {
  const { step, metrics, batchSize } = options
  const builder = new Builder()
  const ports = portsOf({ ...options, hasOrder: false }, [batchSize])
  const given = plainly([...ports.fixed, ...ports.rows, ...ports.masks])
  const roots = [...step.updates.map(([, next]) => next), step.loss, ...metrics]
  const lowering = new Lowering({ builder, roots, given, rows: batchSize, batch: batchSize })
  return { ...ports, graph: builder.whole(ports.inputs, outputsOf(builder, lowering, options)) }
}

/** Gives the ports of what a step computes: its variables, then all scalars. */
export function outputsOf(
  builder: Builder,
  lowering: Lowering,
  { step, metrics }: Omit<StepOptions, 'hasOrder'>,
): Port[] {
  const nexts = variablePorts(step, 'next').map((port, index) => ({
    ...port,
    name: builder.output(lowering.name(step.updates[index]![1])),
  }))
  return [...nexts, stack(builder, lowering, [step.loss, ...metrics])]
}

/** Names the rows that one iteration of a Scan sees: slices of the inputs, or rows gathered by their order. */
export function rowInputs(
  ports: Omit<Program, 'graph'>,
  body: Builder,
  { rows, hasOrder }: { readonly rows: number; readonly hasOrder: boolean },
): { readonly given: Map<Node, string>; readonly slices: Port[]; readonly scanned: string[] } {
  const slices: Port[] = hasOrder ? [{ name: 'slice_order', type: 'int32', shape: [rows] }] : []
  const scanned: string[] = hasOrder ? ['order'] : []
  const given = new Map(ports.fixed)
  for (const [node, name] of [...ports.rows, ...ports.masks]) {
    if (hasOrder && ports.rows.has(node)) {
      given.set(node, body.add('Gather', [name, 'slice_order']))
      continue
    }
    const port = { name: `slice_${slices.length}`, type: node.dtype, shape: withBatch(node.shape, rows) }
    slices.push(port)
    scanned.push(name)
    given.set(node, port.name)
  }
  return { given, slices, scanned }
}

/** Names the inputs of a program: fixed elements, rows of the batch and masks. */
export function portsOf(
  { step, metrics, hasOrder }: StepOptions,
  batch: readonly (number | string)[],
): Omit<Program, 'graph'> & { readonly inputs: readonly Port[] } {
  const fixed = new Map<Node, string>()
  const rows = new Map<Node, string>()
  const masks = new Map<Node, string>()
  const inputs: Port[] = []
  const roots = [...step.updates.flat(), step.loss, ...metrics]
  for (const node of sources(roots)) {
    const name = `input_${inputs.length}`
    const rest = node.shape.slice(1) as number[]
    if (node.op.type === 'DropoutMask') {
      masks.set(node, name)
      inputs.push({ name, type: node.dtype, shape: [...batch, ...rest] })
    } else if (node.shape[0] === null) {
      rows.set(node, name)
      inputs.push({ name, type: node.dtype, shape: hasOrder ? ['rows', ...rest] : [...batch, ...rest] })
    } else {
      fixed.set(node, name)
      inputs.push({ name, type: node.dtype, shape: node.shape as number[] })
    }
  }
  if (hasOrder) inputs.push({ name: 'order', type: 'int32', shape: batch })
  return { fixed, rows, masks, inputs }
}

/** Gives the nodes whose elements come from outside. */
function sources(roots: readonly Node[]): Node[] {
  return inOrder(roots).filter(
    (node) => isVariable(node) || ['Placeholder', 'DropoutMask'].includes(node.op.type),
  )
}

/** Gives nodes their names, without a factor. */
export function plainly(names: readonly (readonly [Node, string])[]): Map<Node, Scaled> {
  return new Map(names.map(([node, name]) => [node, { name, scale: 1 }]))
}

/** Gives a port for each variable that a step updates. */
function variablePorts({ updates }: Step, stem: string): Port[] {
  return updates.map(([{ dtype, shape }], index) => ({
    name: `${stem}_${index}`,
    type: dtype,
    shape: shape as number[],
  }))
}

/** Joins scalars into one vector, because each output of a program is copied, and one copy is cheaper than many. */
function stack(builder: Builder, lowering: Lowering, scalars: readonly Node[]): Port {
  const cells = scalars.map((node) => builder.add('Reshape', [lowering.name(node), builder.integers([1])]))
  const name = cells.length === 1 ? cells[0]! : builder.add('Concat', cells, { axis: { int: 0 } })
  return { name, type: 'float32', shape: [scalars.length] }
}
