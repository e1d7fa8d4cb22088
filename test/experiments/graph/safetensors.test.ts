import assert from 'node:assert/strict'
import test from 'node:test'
import type { Value } from '../../../src/experiments/graph/index.ts'
import { openSession, value, variable, zeros } from '../../../src/experiments/graph/index.ts'
import { readTensors, writeTensors } from '../../../src/experiments/graph/safetensors.ts'
import { engineOf, onBoth } from './check-op.ts'

// Written by hand from the format's description: 8 bytes of length, JSON padded to a multiple of 8, elements.
const header =
  '{"weights":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"count":{"dtype":"I32","shape":[],"data_offsets":[16,20]}}'
const padding = (8 - (header.length % 8)) % 8
const elements = [
  // 1, -2, 0.5, 0 in float32, 258 in int32, little-endian
  [0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x3f, 0x00, 0x00, 0x00, 0x00],
  [0x02, 0x01, 0x00, 0x00],
].flat()
const file = Uint8Array.from([
  ...[header.length + padding, 0, 0, 0, 0, 0, 0, 0],
  ...new TextEncoder().encode(header),
  ...new Array(padding).fill(0x20),
  ...elements,
])
const tensors = new Map<string, Value>([
  ['weights', value(Float32Array.of(1, -2, 0.5, 0), [2, 2])],
  ['count', value(Int32Array.of(258), [])],
])

test('writeTensors', async (t) => {
  await t.test('should write the bytes of a file made by hand', () => {
    assert.deepEqual(writeTensors(tensors), file)
  })

  await t.test('should write every dtype so that it can be read again', () => {
    const all = new Map([
      ...tensors,
      ['bytes', value(Uint8Array.of(0, 255, 7), [3])] as const,
      ['flags', value(Uint8Array.of(0, 1), [1, 2], 'bool')] as const,
    ])
    assert.deepEqual(readTensors(writeTensors(all)), all)
  })
})

test('readTensors', async (t) => {
  await t.test('should read the file made by hand, also inside other bytes or in a Buffer', () => {
    const inside = new Uint8Array(file.length + 10)
    inside.set(file, 3)
    assert.deepEqual(readTensors(file), tensors)
    assert.deepEqual(readTensors(inside.subarray(3, 3 + file.length)), tensors)
    assert.deepEqual(readTensors(Buffer.from(file)), tensors)
  })

  await t.test('should copy the elements', () => {
    const bytes = file.slice()
    const read = readTensors(bytes)
    bytes.fill(0)
    assert.deepEqual(read, tensors)
  })

  await t.test('should ignore metadata', () => {
    const text = '{"__metadata__":{"by":"hand"}}  '
    const bytes = Uint8Array.from([text.length, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(text)])
    assert.deepEqual(readTensors(bytes), new Map())
  })

  const broken: Readonly<Record<string, readonly [bytes: Uint8Array, reason: RegExp]>> = {
    'shorter than its length': [file.slice(0, 5), /safetensors: /],
    'not JSON': [Uint8Array.from([4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]), /JSON/],
    'cut short': [file.slice(0, -1), /`count` is cut short/],
    'of a dtype that there is not': [
      Uint8Array.from(file, (byte, at) => (at === file.indexOf(0x46) ? 0x42 : byte)),
      /`weights` holds B32, expected F32, I32, U8, BOOL/,
    ],
  }
  for (const [name, [bytes, reason]] of Object.entries(broken)) {
    await t.test(`should refuse bytes: ${name}`, () => {
      const prefix = 'Cannot read tensors, expected bytes in the format of safetensors: '
      assert.throws(
        () => readTensors(bytes),
        ({ message }: Error) => message.startsWith(prefix) && reason.test(message),
      )
    })
  }
})

test('save and load', async (t) => {
  const weights = variable('weights', tensors.get('weights')!)
  const count = variable('count', tensors.get('count')!, { trainable: false })

  await t.test('should give the bytes of the file, and set variables from it', () =>
    onBoth(async (session) => {
      assert.deepEqual(await session.save([weights, count]), file)
      session.write(weights, zeros([2, 2]))
      assert.notDeepEqual(await session.save([weights, count]), file)
      session.load([count, weights], file)
      assert.deepEqual(await session.read(weights), tensors.get('weights'))
      assert.deepEqual((await session.read(count)).data, Int32Array.of(258))
    }),
  )

  await t.test(
    'should refuse missing, superfluous and repeated names, and other shapes and dtypes',
    async () => {
      const session = openSession(await engineOf('onnx'))
      t.after(() => session.close())
      assert.throws(() => session.load([weights], file), {
        message: 'Cannot load, expected the variables weights, found weights, count',
      })
      assert.throws(() => session.load([weights, count, variable('bias', zeros([1]))], file), {
        message: 'Cannot load, expected the variables weights, count, bias, found weights, count',
      })
      assert.throws(() => session.load([variable('weights', zeros([4])), count], file), {
        message: 'Cannot write `weights` [4], expected float32 [4], found float32 [2, 2]',
      })
      assert.throws(() => session.load([weights, variable('count', zeros([]))], file), {
        message: 'Cannot write `count` [], expected float32 [], found int32 []',
      })
      const before = variable('weights', zeros([2, 2]))
      assert.throws(() => session.load([before, variable('count', zeros([]))], file), /Cannot write `count`/)
      assert.deepEqual(await session.read(before), zeros([2, 2]))
      await assert.rejects(session.save([weights, variable('weights', zeros([1]))]), {
        message: 'Cannot save two variables `weights`, expected different names',
      })
    },
  )
})
