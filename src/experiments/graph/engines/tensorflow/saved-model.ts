import { PbfWriter } from 'pbf'
import type { DType, Value } from '../../node.ts'

// The parts of saved_model.proto, meta_graph.proto and graph.proto that programs need, with their field numbers.

/** TensorFlow's numbers for the types of elements (types.proto). */
export const elementTypes = { float32: 1, int32: 3, uint8: 4, bool: 10, variant: 21 } as const

export type Attribute =
  | { readonly type: DType | 'variant' }
  | { readonly int: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  /** A dimension of -1 is known only when the program runs. */
  | { readonly shape: readonly number[] }
  | { readonly tensor: Value }

/** An operation of a program. `name` is that of its first output, `name:1` its second, and `^name` waits for it. */
export interface Operation {
  readonly name: string
  readonly op: string
  readonly inputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** The tag under which a program is saved, and must be loaded. */
export const programTag = 'serve'

// GraphDef's version since TensorFlow 2.9; a later library reads older ones.
const producer = 1087

/** Encodes operations as the bytes of a file `saved_model.pb`, which holds no variables. */
export function writeSavedModel(operations: readonly Operation[]): Uint8Array {
  const writer = new PbfWriter()
  writer.writeVarintField(1, 1)
  writer.writeMessage(2, writeMetaGraph, operations)
  return writer.finish()
}

/** Writes a MetaGraphDef: its tag, and the graph. */
function writeMetaGraph(operations: readonly Operation[], to: PbfWriter): void {
  to.writeMessage(1, (tag: string, info: PbfWriter) => info.writeStringField(4, tag), programTag)
  to.writeMessage(2, writeGraph, operations)
}

/** Writes a GraphDef. */
function writeGraph(operations: readonly Operation[], to: PbfWriter): void {
  for (const operation of operations) to.writeMessage(1, writeOperation, operation)
  to.writeMessage(4, (version: number, inside: PbfWriter) => inside.writeVarintField(1, version), producer)
}

/** Writes a NodeDef. */
function writeOperation({ name, op, inputs, attributes }: Operation, to: PbfWriter): void {
  to.writeStringField(1, name)
  to.writeStringField(2, op)
  for (const input of inputs) to.writeStringField(3, input)
  for (const entry of Object.entries(attributes)) to.writeMessage(5, writeEntry, entry)
}

/** Writes an entry of a map from names to AttrValue. */
function writeEntry([name, value]: [string, Attribute], to: PbfWriter): void {
  to.writeStringField(1, name)
  to.writeMessage(2, writeAttribute, value)
}

/** Writes an AttrValue. */
function writeAttribute(value: Attribute, to: PbfWriter): void {
  if ('text' in value) to.writeStringField(2, value.text)
  else if ('int' in value) to.writeVarintField(3, value.int)
  else if ('bool' in value) to.writeBooleanField(5, value.bool)
  else if ('type' in value) to.writeVarintField(6, elementTypes[value.type])
  else if ('shape' in value) to.writeMessage(7, writeShape, value.shape)
  else to.writeMessage(8, writeTensor, value.tensor)
}

/** Writes a TensorProto. */
function writeTensor({ dtype, shape, data }: Value, to: PbfWriter): void {
  to.writeVarintField(1, elementTypes[dtype])
  to.writeMessage(2, writeShape, shape)
  to.writeBytesField(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
}

/** Writes a TensorShapeProto. */
function writeShape(shape: readonly number[], to: PbfWriter): void {
  for (const dimension of shape)
    to.writeMessage(2, (size: number, inside: PbfWriter) => inside.writeVarintField(1, size), dimension)
}
