import type { ClassImages } from '../classes/class-images.ts'
import type { Feeds, Node } from '../graph/index.ts'
import {
  argMax,
  cast,
  equal,
  placeholder,
  reduceMean,
  softmaxCrossEntropyWithLogits,
} from '../graph/index.ts'
import { denseNetwork, parameterCount } from '../part-a/dense-network.ts'
import type { Scored } from '../part-a/train-network.ts'

/** Part A's ten-class network with its training loss and its metrics. */
interface GarmentNetwork {
  readonly metrics: {
    /** Mean cross entropy, in nats. */
    readonly loss: Node
    /** Share of correctly classified images. */
    readonly accuracy: Node
  }
  readonly parameters: number
}

/** Builds pixels -> `hidden` ReLU layers -> softmax cross entropy, with weights drawn by the seed. */
export function garmentNetwork(
  { pixels, classes }: { readonly pixels: number; readonly classes: number },
  hidden: readonly number[],
  seed: number,
): GarmentNetwork {
  const x = placeholder('x', [null, pixels])
  const y = placeholder('y', [null, classes])
  const network = denseNetwork(x, [...hidden, classes], seed)
  return {
    metrics: {
      loss: reduceMean(softmaxCrossEntropyWithLogits({ labels: y, logits: network.logits })),
      accuracy: reduceMean(cast(equal(argMax(network.logits), argMax(y)), 'float32')),
    },
    parameters: parameterCount(network),
  }
}

/** Gives the feeds of the network for some images. */
export function imageFeeds({ pixels, labels }: ClassImages): Feeds {
  return { x: pixels, y: labels }
}

/** Gives the same feeds together with the number of images. */
export function scoredImages(images: ClassImages): Scored {
  return { feeds: imageFeeds(images), count: images.count }
}
