import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import {
  commandToInstall,
  type Feature,
  features,
  messageOf,
  packagesOf,
} from '../../../src/render/model/optional-packages.ts'

describe('optional packages', () => {
  it('should be installed by the name of their feature', () => {
    assert.equal(commandToInstall('h5wasm'), 'npx weft add training')
    assert.equal(commandToInstall('arquero'), 'npm install arquero')
  })

  it('should each have one version', () => {
    const names = (Object.keys(features) as Feature[]).flatMap(packagesOf)
    assert.ok(names.length >= 7)
    for (const name of names) assert.match(name, /^(@[\w-]+\/)?[\w-]+@\d+\.\d+\.\d+$/)
  })

  it('should be peers that may be absent', () => {
    const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8'))
    for (const name of Object.values(features).flat()) assert.ok(name in peerDependencies, name)
    // npm installs any other peer with each report.
    for (const name of Object.keys(peerDependencies))
      assert.deepEqual(peerDependenciesMeta[name], { optional: true }, name)
  })

  it('should be named with their command where one is missing', async () => {
    const missing = (name: string) =>
      Object.assign(new Error(`Cannot find package '${name}' imported from /a/b.js`), {
        code: 'ERR_MODULE_NOT_FOUND',
      })
    assert.equal(
      messageOf(missing('@tensorflow/tfjs-core')),
      'Cannot find the package `@tensorflow/tfjs-core`, expected it installed: npx weft add training',
    )
    assert.match(messageOf(missing('h5wasm/node')), /`h5wasm`.*weft add training$/)
    assert.equal(messageOf(new Error('another')), 'another')
  })
})
