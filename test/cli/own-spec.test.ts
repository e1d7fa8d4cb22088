import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { ownSpec } from '../../src/cli/own-spec.ts'
import { temporaryProject } from '../render/execute/temporary-project.ts'

test('ownSpec should name the version, unless Weft was not installed from a registry', (t) => {
  const lock = (resolved?: string) => JSON.stringify({ packages: { 'node_modules/weft': { resolved } } })
  const root = temporaryProject(t, {
    'file/node_modules/.package-lock.json': lock('file:../weft-0.1.0.tgz'),
    'registry/node_modules/.package-lock.json': lock('https://registry.example/weft-0.1.0.tgz'),
    'linked/node_modules/.package-lock.json': lock(),
    'other/node_modules/.modules.yaml': '',
  })
  const specFor = (folder: string) => ownSpec(join(root, 'a/demo'), join(root, folder), '0.1.0')
  assert.equal(specFor('file/node_modules/weft'), 'file:../../weft-0.1.0.tgz')
  for (const name of ['registry', 'linked', 'other'])
    assert.equal(specFor(`${name}/node_modules/weft`), '0.1.0')
  // A checkout of its repository.
  assert.equal(specFor('weft'), 'file:../../weft')
})
