import assert from 'node:assert/strict'
import test from 'node:test'
import { dataSource } from '../../../src/experiments/data/data-source.ts'
import { garmentNames, garments } from '../../../src/experiments/data/garments.ts'
import { letterNames, letters } from '../../../src/experiments/data/letter-sets.ts'

const pin = { file: 'data.h5', bytes: 7, sha256: '0'.repeat(64) }

test('every data set should have a source with the SHA-256 of its files', () => {
  for (const set of [...garmentNames.map(garments), ...letterNames.map(letters)]) {
    const source = dataSource(set.name, pin)
    assert.equal(source.title, set.title)
    assert.equal(source.licence, set.licence)
    assert.ok(source.files.length > 0, set.name)
    for (const { sha256 } of source.files) assert.match(sha256, /^[0-9a-f]{64}$/)
    assert.deepEqual(JSON.parse(JSON.stringify(source)), source)
  }
})

test('a set that the report pins should have the pinned file, and no file without a pin', () => {
  assert.deepEqual(dataSource('notmnist-h5', pin).files, [
    { name: 'data.h5', bytes: 7, sha256: '0'.repeat(64) },
  ])
  assert.deepEqual(dataSource('notmnist-h5').files, [])
})

test('Fashion-MNIST should have its four published files', () => {
  const { files } = dataSource('fashion-mnist')
  assert.equal(files.length, 4)
  const images = files.find(({ name }) => name === 'train-images-idx3-ubyte.gz')
  assert.equal(images?.sha256, '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84')
})

test('an unknown name should give an error that lists the known ones', () => {
  assert.throws(() => dataSource('fashion'), /Unexpected data set `fashion`, expected `fashion-mnist` or/)
})
