import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { temporaryFolder } from '../experiments/data/temporary-folder.ts'
import { weftHere } from './weft-here.ts'

const training =
  'onnxruntime-node@1.30.0 @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-layers@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 h5wasm@0.10.3'

/** A project whose package managers only write down what they are asked. */
async function project(t: TestContext, files: { readonly [name: string]: string } = {}) {
  const folder = await temporaryFolder(t)
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const name of ['npm', 'pnpm', 'yarn']) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" > "${join(folder, 'asked')}"\nexit 3\n`)
    chmodSync(join(bin, name), 0o755)
  }
  writeFileSync(join(folder, 'package.json'), '{ "name": "own" }')
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const addIn = (name: string, ...args: string[]) =>
    weftHere(join(folder, name), ['add', ...args], { PATH: [bin, process.env.PATH].join(delimiter) })
  return {
    folder,
    add: (...args: string[]) => addIn('.', ...args),
    addIn,
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
  }
}

describe('weft add', () => {
  const managers: [files: { [name: string]: string }, asked: string][] = [
    [{}, 'npm install --save-exact'],
    [{ 'pnpm-lock.yaml': '' }, 'pnpm add --save-exact'],
    [{ 'package.json': '{ "packageManager": "pnpm@9.15.0" }' }, 'pnpm add --save-exact'],
    [{ 'yarn.lock': '' }, 'yarn add --exact'],
  ]
  for (const [files, asked] of managers) {
    it(`should ask by \`${asked}\` beside ${Object.keys(files).join() || 'package.json alone'}`, async (t) => {
      const { add, read } = await project(t, files)
      const { code, stdout } = await add('training')
      assert.equal(code, 3)
      assert.equal(read('asked'), `${asked} ${training}\n`)
      assert.equal(read('.npmrc'), 'onnxruntime-node-install=skip\n')
      assert.deepEqual(JSON.parse(read('package.json')).allowScripts, { 'onnxruntime-node': false })
      assert.match(stdout, /onnxruntime-node-install=skip -> \.npmrc/)
    })
  }

  it('should write the setting of a newer yarn, and leave .npmrc alone', async (t) => {
    const { add, read } = await project(t, { '.yarnrc.yml': '' })
    await add('training')
    assert.deepEqual(JSON.parse(read('package.json')), {
      name: 'own',
      dependenciesMeta: { 'onnxruntime-node': { built: false } },
    })
    assert.throws(() => read('.npmrc'), /ENOENT/)
  })

  const workspaces: [files: { [name: string]: string }, asked: string][] = [
    [{ 'pnpm-workspace.yaml': 'packages: [reports]' }, 'pnpm add --save-exact'],
    [{ 'package.json': '{ "workspaces": ["reports"] }', 'yarn.lock': '' }, 'yarn add --exact'],
    [{ 'package.json': '{ "workspaces": ["reports"] }' }, 'npm install --save-exact'],
  ]
  for (const [files, asked] of workspaces)
    it(`should ask by \`${asked}\` in a package of a workspace with ${Object.keys(files).join(' and ')}`, async (t) => {
      const { folder, addIn, read } = await project(t, files)
      mkdirSync(join(folder, 'reports'))
      writeFileSync(join(folder, 'reports/package.json'), '{ "name": "reports" }')
      const { code, stdout } = await addIn('reports', 'training')
      assert.equal(code, 3)
      assert.equal(read('asked'), `${asked} ${training}\n`)
      assert.match(stdout, /onnxruntime-node-install=skip -> \.\.[\\/]\.npmrc\n/)
      assert.equal(read('reports/package.json'), '{ "name": "reports" }')
      assert.equal(read('.npmrc'), 'onnxruntime-node-install=skip\n')
      assert.deepEqual(JSON.parse(read('package.json')).allowScripts, { 'onnxruntime-node': false })
    })

  it('should keep the settings that are there', async (t) => {
    const { add, read } = await project(t, {
      '.npmrc': 'save-exact=true',
      'package.json': '{ "allowScripts": { "esbuild": true } }',
    })
    await add('training')
    const once = [read('.npmrc'), read('package.json')]
    assert.equal(once[0], 'save-exact=true\nonnxruntime-node-install=skip\n')
    assert.deepEqual(JSON.parse(once[1]!).allowScripts, { esbuild: true, 'onnxruntime-node': false })
    await add('training')
    assert.deepEqual([read('.npmrc'), read('package.json')], once)
  })

  it('should only say what it would do', async (t) => {
    const { add, read } = await project(t)
    const { code, stdout } = await add('types', 'training', '--dry-run')
    assert.equal(code, 0)
    assert.match(stdout, /npm install --save-exact typescript@6\.0\.3 onnxruntime-node@1\.30\.0/)
    assert.throws(() => read('asked'), /ENOENT/)
    assert.throws(() => read('.npmrc'), /ENOENT/)
    assert.equal(read('package.json'), '{ "name": "own" }')
  })

  it('should install types without a setting', async (t) => {
    const { add, read } = await project(t)
    await add('types')
    assert.equal(read('asked'), 'npm install --save-exact typescript@6.0.3\n')
    assert.throws(() => read('.npmrc'), /ENOENT/)
  })

  it('should keep the indentation of package.json', async (t) => {
    const { add, read } = await project(t, { 'package.json': '{\n\t"name": "own"\n}\n' })
    await add('training')
    assert.equal(
      read('package.json'),
      '{\n\t"name": "own",\n\t"allowScripts": {\n\t\t"onnxruntime-node": false\n\t}\n}\n',
    )
  })

  it('should take a package.json with a byte order mark, and members that it does not expect', async (t) => {
    const { add, read } = await project(t, { 'package.json': '\uFEFF{ "packageManager": 3 }' })
    assert.equal((await add('types')).code, 3)
    assert.match(read('asked'), /^npm install/)
  })

  const unreadable = [
    ['{ "name": "own", }', /^weft: Cannot read \S+\/package\.json, expected JSON: .*\n$/],
    ['null', /^weft: Cannot read \S+\/package\.json, expected a JSON object\n$/],
    ['[]', /^weft: Cannot read \S+\/package\.json, expected a JSON object\n$/],
  ] as const
  for (const [text, message] of unreadable)
    it(`should name a package.json that is ${text}, and do nothing`, async (t) => {
      const { add, read } = await project(t, { 'package.json': text })
      const { code, stderr } = await add('training')
      assert.equal(code, 1)
      assert.match(stderr, message)
      assert.throws(() => read('asked'), /ENOENT/)
      assert.throws(() => read('.npmrc'), /ENOENT/)
    })

  it('should name a file that cannot be written, and install nothing', async (t) => {
    const { add, read, folder } = await project(t)
    symlinkSync(join(folder, 'missing/npmrc'), join(folder, '.npmrc'))
    const { code, stderr } = await add('training')
    assert.equal(code, 1)
    assert.match(stderr, /^weft: Cannot write \S+\/\.npmrc, there is no such file\n$/)
    assert.throws(() => read('asked'), /ENOENT/)
  })

  it('should show its help', async (t) => {
    const { add } = await project(t)
    const { code, stdout } = await add('--help')
    assert.equal(code, 0)
    assert.match(stdout, /weft add FEATURE\.\.\..*\n[\s\S]*\n {2}types {7}typescript\n/)
  })

  it('should refuse what it does not know', async (t) => {
    const { add } = await project(t)
    const wrong = await add('trainig')
    assert.equal(wrong.code, 1)
    assert.match(
      wrong.stderr,
      /^weft: Cannot add `trainig`, expected training, types, .* or h5-filters: did you mean `training`\?\n$/,
    )
    assert.match(
      (await add()).stderr,
      /^weft: Cannot add, expected training, types, .* or h5-filters, found nothing\n$/,
    )
  })
})
