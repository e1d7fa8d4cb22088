import type { Data, DType, Value } from './node.ts'
import { value } from './node.ts'

const types = { float32: 'F32', int32: 'I32', uint8: 'U8', bool: 'BOOL' } as const

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** Encodes tensors in the safetensors format: 8 bytes of length, a JSON header, then the elements, little-endian. */
export function writeTensors(tensors: ReadonlyMap<string, Value>): Uint8Array {
  // 1. The header says where the elements of each tensor begin and end.
  let offset = 0
  const header: Record<string, Entry> = {}
  for (const [name, { dtype, shape, data }] of tensors) {
    header[name] = { dtype: types[dtype], shape, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  // Pad with spaces to a multiple of 8, so that the elements are aligned.
  const json = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20)
  json.set(text)
  // 2. The length of the header, the header, and all elements one after the other.
  const bytes = new Uint8Array(8 + json.length + offset)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  let at = 8 + json.length
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return bytes
}

/** Reads tensors from bytes in that format. */
export function readTensors(bytes: Uint8Array): Map<string, Value> {
  try {
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
      string,
      Entry
    >
    const { __metadata__: _, ...entries } = header
    return new Map(
      Object.entries(entries).map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [from, to],
          },
        ]) => {
          // Make an aligned copy; the slice of a Buffer would be a view.
          const own = Uint8Array.from(bytes.subarray(8 + length + from, 8 + length + to))
          if (own.byteLength !== to - from) throw new Error(`\`${name}\` is cut short`)
          return [name, value(elements(own.buffer, dtype, name), shape, dtypeOf(dtype))]
        },
      ),
    )
  } catch (cause) {
    throw new Error(
      `Cannot read tensors, expected bytes in the format of safetensors: ${(cause as Error).message}`,
      {
        cause,
      },
    )
  }
}

/** Reads elements by the name that the format has for their type. */
function elements(buffer: ArrayBuffer, type: string, name: string): Data {
  if (type === 'F32') return new Float32Array(buffer)
  if (type === 'I32') return new Int32Array(buffer)
  if (type === 'U8' || type === 'BOOL') return new Uint8Array(buffer)
  throw new Error(`\`${name}\` holds ${type}, expected ${Object.values(types).join(', ')}`)
}

/** Gives the dtype of a type of the format. */
function dtypeOf(type: string): DType {
  return Object.entries(types).find(([, each]) => each === type)![0] as DType
}
