import { tensor } from '@tensorflow/tfjs-core'
import type { Node, Session, Value } from '../graph/index.ts'
import { value, variable } from '../graph/index.ts'
import { readTensors, writeTensors } from '../graph/safetensors.ts'
import type { Layer, LayerVariable, Model } from './types/model.ts'

/** A weight of a model with its variable in the graph. */
export interface Weight {
  readonly source: LayerVariable
  readonly node: Node
  /** Its name within the layer: `kernel`. */
  readonly role: string
}

/** Gives layers with variables for their weights. Input layers get no number, because Keras lists only some of them. */
export function weightsByLayer<L extends Layer>(layers: readonly L[]): { layer: L; weights: Weight[] }[] {
  let place = 0
  return layers.map((layer) => ({
    layer,
    weights: layer.getClassName() === 'InputLayer' ? [] : weightsOf(layer, place++),
  }))
}

/**
 * Creates variables for the weights of a layer, with their current elements. Their names count the layers,
 * `layers.0.kernel`, because Keras' own names count the models of a process.
 */
function weightsOf(layer: Layer, place: number): Weight[] {
  const trainable = new Set(layer.trainableWeights)
  return layer.weights.map((source) => {
    const role = source.originalName.split('/').at(-1)!
    const node = variable(`layers.${place}.${role}`, elementsOf(source), {
      trainable: trainable.has(source),
    })
    return { source, node, role }
  })
}

/** Copies variables back into the model's weights. */
export async function writeBack(weights: readonly Weight[], session: Session): Promise<void> {
  for (const { source, node } of weights) write(source, await session.read(node))
}

/** Gives the weights of a model as bytes in the safetensors format. */
export function saveWeights(model: Model): Uint8Array {
  return writeTensors(new Map(allWeights(model).map(({ node }) => [node.name, node.value!])))
}

/**
 * Sets the weights of a model from such bytes, for example from a file that `checkpoint` wrote.
 * @throws if they belong to a model with other layers; no weight is set then
 */
export function loadWeights(model: Model, bytes: Uint8Array): void {
  const saved = readTensors(bytes)
  const weights = allWeights(model)
  const text = (name: string, shape: readonly (number | null)[]) => `${name} [${shape.join(', ')}]`
  const expected = weights.map(({ node }) => text(node.name, node.shape))
  const found = [...saved].map(([name, { shape }]) => text(name, shape))
  if (expected.join() !== found.join()) {
    throw new Error(
      `Cannot load weights, expected those of \`${model.name}\`: ${expected.join(', ')}, found ${found.join(', ')}`,
    )
  }
  for (const { source, node } of weights) write(source, saved.get(node.name)!)
}

/** Gives all weights of a model, layer by layer. */
function allWeights(model: Model): Weight[] {
  return weightsByLayer(model.layers).flatMap(({ weights }) => weights)
}

/** Sets a weight of the model, and frees the tensor that carried the elements. */
function write(source: LayerVariable, { data, shape }: Value): void {
  const next = tensor(data as Float32Array, shape as number[])
  source.write(next)
  next.dispose()
}

/** Reads the elements of a weight. */
function elementsOf(source: LayerVariable): Value {
  const read = source.read()
  // This copies, because the backend may return its own memory.
  return value(Float32Array.from(read.dataSync()), read.shape)
}
