import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { DType, Node, Update } from '../graph/index.ts'
import { abs, add, cast, div, mul, placeholder, reduceSum, square } from '../graph/index.ts'
import type { Flow, LayerScope } from './layers.ts'
import { lowerings } from './layers.ts'
import type { Model } from './types/model.ts'
import type { Weight } from './weights.ts'
import { weightsByLayer } from './weights.ts'

type Layer = LayersModel['layers'][number]

/** A model as a static graph, once for training and once for inference, over the same variables. */
export interface Lowered {
  /** `[batch, inputs]` */
  readonly x: Node
  readonly training: Flow
  readonly inference: Flow
  /** Updates that a step makes besides those of the trainable weights: moving statistics. */
  readonly updates: readonly Update[]
  /** Sum of the regularizers, a scalar; undefined if there are none. */
  readonly penalty: Node | undefined
  readonly weights: readonly Weight[]
}

/**
 * Builds the graph of a model that has one input, one output and a chain of layers. If it cannot, it gives a text that
 * names the layer or setting that prevents it.
 * @param dtype of the input; bytes are divided by 255
 * @param seed determines the Dropout masks
 */
export function lower(
  model: LayersModel,
  { dtype, seed }: { readonly dtype: DType; readonly seed: number },
): Lowered | string {
  const layers = chainOf(model)
  if (typeof layers === 'string') return layers
  // 1. One variable for each weight; bytes of the input become floats in [0, 1].
  const parts = weightsByLayer(layers)
  const x = placeholder('x', [null, inputsOf(model)], dtype)
  const first = dtype === 'uint8' ? div(cast(x, 'float32'), 255) : x
  // 2. The chain of layers is walked twice: as it trains, and as it predicts.
  const pass = (isTraining: boolean) => {
    let flow: Flow = { output: first, logits: first, activation: 'linear', updates: [] }
    for (const part of parts) {
      const next = lowerLayer(flow, part, { isTraining, seed })
      if (typeof next === 'string') return next
      flow = next
    }
    return flow
  }
  const training = pass(true)
  const inference = pass(false)
  if (typeof training === 'string') return training
  if (typeof inference === 'string') return inference
  // 3. The penalties of all regularized weights.
  const terms = parts.flatMap(({ layer, weights }) => penaltiesOf(layer, weights))
  return {
    x,
    training,
    inference,
    updates: training.updates,
    penalty: terms.length > 0 ? terms.reduce((sum, term) => add(sum, term)) : undefined,
    weights: parts.flatMap(({ weights }) => weights),
  }
}

/** Counts the elements of one sample. */
export function inputsOf(model: Pick<Model, 'inputs'>): number {
  const [shape] = model.inputs.map((input) => input.shape)
  return shape!.slice(1).reduce<number>((product, each) => product * each!, 1)
}

/** Gives the layers of a model in their order, if they form a chain. */
function chainOf(model: LayersModel): Layer[] | string {
  if (model.inputs.length !== 1 || model.outputs.length !== 1)
    return `${model.inputs.length} inputs and ${model.outputs.length} outputs`
  if (model.outputs[0]!.shape.length !== 2) return 'an output that is no vector'
  let isFlat = model.inputs[0]!.shape.length === 2
  for (const [place, layer] of model.layers.entries()) {
    const name = layer.getClassName()
    if (!Object.hasOwn(lowerings, name)) return `the layer ${name}`
    if (layer.inboundNodes.length > 1) return `the layer ${name}, used more than once`
    const before = layer.inboundNodes[0]?.inboundLayers ?? []
    const previous = model.layers[place - 1]
    if (before.length > 1 || (previous && before[0] !== previous)) return 'layers that do not form a chain'
    if (name === 'Flatten') isFlat = true
    else if (!isFlat && name !== 'InputLayer') return `the layer ${name} on an input that is no vector`
  }
  return [...model.layers]
}

/** Lowers one layer, or names what it has that the graph cannot hold. */
function lowerLayer(
  flow: Flow,
  { layer, weights }: { readonly layer: Layer; readonly weights: readonly Weight[] },
  { isTraining, seed }: Pick<LayerScope, 'isTraining' | 'seed'>,
): Flow | string {
  const config = layer.getConfig() as Readonly<Record<string, unknown>>
  const limited = Object.keys(config).find(
    (key) => (key.endsWith('Constraint') || key === 'activityRegularizer') && config[key],
  )
  if (limited) return `${layer.getClassName()} with ${limited}`
  const own = Object.keys(config).find((key) => key.endsWith('Regularizer') && !isL1L2(config[key]))
  if (own) return `${layer.getClassName()} with a ${own} that is not L1L2`
  const byRole = Object.fromEntries(weights.map(({ role, node }) => [role, node]))
  return lowerings[layer.getClassName()]!(flow, { config, weights: byRole, isTraining, seed })
}

/** Says whether a regularizer is absent, or one of L1 and L2 that the graph has. */
function isL1L2(regularizer: unknown): boolean {
  return !regularizer || (regularizer as { className?: unknown }).className === 'L1L2'
}

/** Gives l1 sum |w| + l2 sum w^2 for each regularized weight of a layer. */
function penaltiesOf(layer: Layer, weights: readonly Weight[]): Node[] {
  const config = layer.getConfig() as Readonly<Record<string, unknown>>
  return weights.flatMap(({ role, node }) => {
    const regularizer = config[`${role}Regularizer`] as { config: { l1: number; l2: number } } | null
    if (!regularizer) return []
    const { l1, l2 } = regularizer.config
    return [...(l1 ? [mul(reduceSum(abs(node)), l1)] : []), ...(l2 ? [mul(reduceSum(square(node)), l2)] : [])]
  })
}
