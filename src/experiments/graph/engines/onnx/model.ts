import { PbfWriter } from 'pbf'
import type { DType } from '../../node.ts'
import type { Product } from './product-threads.ts'

// The parts of onnx.proto (IR version 8, operator set 17) that programs need, with their field numbers.

type ElementType = DType | 'int64'

export interface Tensor {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly number[]
  /** Little-endian. */
  readonly data: ArrayBufferView
}

export type AttributeValue =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly graph: Graph }

export interface Operation {
  readonly type: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

/** A string in `shape` is a dimension that is known only when the program runs. */
export interface Port {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly (number | string)[]
}

export interface Graph {
  readonly operations: readonly Operation[]
  readonly constants: readonly Tensor[]
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** Of the outermost graph: the products of matrices in it and in nested ones. A model does not hold them. */
  readonly products?: readonly Product[]
}

export const elementTypes = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const

const irVersion = 8
const operatorSet = 17
const attributeTypes = { float: 1, int: 2, graph: 5, ints: 7 } as const

/** Encodes a graph as the bytes of an ONNX model. */
export function writeModel(graph: Graph): Uint8Array {
  const writer = new PbfWriter()
  writer.writeVarintField(1, irVersion)
  writer.writeMessage(7, writeGraph, graph)
  writer.writeMessage(
    8,
    (version: number, to: PbfWriter) => {
      to.writeStringField(1, '')
      to.writeVarintField(2, version)
    },
    operatorSet,
  )
  return writer.finish()
}

/** Writes a GraphProto. */
function writeGraph({ operations, constants, inputs, outputs }: Graph, to: PbfWriter): void {
  for (const operation of operations) to.writeMessage(1, writeOperation, operation)
  to.writeStringField(2, 'graph')
  for (const constant of constants) to.writeMessage(5, writeTensor, constant)
  for (const input of inputs) to.writeMessage(11, writePort, input)
  for (const output of outputs) to.writeMessage(12, writePort, output)
}

/** Writes a NodeProto. */
function writeOperation({ type, inputs, outputs, attributes }: Operation, to: PbfWriter): void {
  for (const input of inputs) to.writeStringField(1, input)
  for (const output of outputs) to.writeStringField(2, output)
  to.writeStringField(3, outputs[0] ?? '')
  to.writeStringField(4, type)
  for (const attribute of Object.entries(attributes)) to.writeMessage(5, writeAttribute, attribute)
}

/** Writes an AttributeProto. */
function writeAttribute([name, value]: [string, AttributeValue], to: PbfWriter): void {
  to.writeStringField(1, name)
  if ('float' in value) to.writeFloatField(2, value.float)
  else if ('int' in value) to.writeVarintField(3, value.int)
  else if ('ints' in value) for (const each of value.ints) to.writeVarintField(8, each)
  else to.writeMessage(6, writeGraph, value.graph)
  to.writeVarintField(20, attributeTypes[Object.keys(value)[0] as keyof typeof attributeTypes])
}

/** Writes a TensorProto with its elements. */
function writeTensor({ name, type, shape, data }: Tensor, to: PbfWriter): void {
  for (const dimension of shape) to.writeVarintField(1, dimension)
  to.writeVarintField(2, elementTypes[type])
  to.writeStringField(8, name)
  to.writeBytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

/** Writes a ValueInfoProto: an input or output with its type. */
function writePort({ name, type, shape }: Port, to: PbfWriter): void {
  to.writeStringField(1, name)
  to.writeMessage(
    2,
    (port: Pick<Port, 'type' | 'shape'>, inType: PbfWriter) => {
      inType.writeMessage(1, writeTensorType, port)
    },
    { type, shape },
  )
}

/** Writes a TypeProto of a tensor. */
function writeTensorType({ type, shape }: Pick<Port, 'type' | 'shape'>, to: PbfWriter): void {
  to.writeVarintField(1, elementTypes[type])
  to.writeMessage(
    2,
    (dimensions: Port['shape'], inShape: PbfWriter) => {
      for (const dimension of dimensions) inShape.writeMessage(1, writeDimension, dimension)
    },
    shape,
  )
}

/** Writes a dimension: a number, or a name for one that is not known. */
function writeDimension(dimension: number | string, to: PbfWriter): void {
  if (typeof dimension === 'number') to.writeVarintField(1, dimension)
  else to.writeStringField(2, dimension)
}
