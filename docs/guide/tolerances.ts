/**
 * How far results of engines may differ. The tests of the engines hold each of them to these numbers, and the guide
 * shows them.
 */
export const tolerances = {
  /** Of an operation's elements against float64, relative to each, which counts as at least a hundredth of the largest. */
  value: 1e-5,
  /** Of its gradients against central differences in float64, relative in the same way. */
  gradient: 1e-3,
  /** Of a loss after 40 steps of gradient descent against `onnx`, relative. */
  loss: 1e-5,
  /** The same of a network with four layers. */
  deepLoss: 2e-5,
  /** Of each loss of a whole experiment against `onnx`, relative. */
  experimentLoss: 1e-5,
  /** Of each share of images, as an accuracy, against `onnx`. */
  experimentShare: 0.02,
  /** Of any other number of a whole experiment against `onnx`, relative, and of numbers below 0.01 as if they were 0.01. */
  experimentNumber: 1e-4,
} as const
