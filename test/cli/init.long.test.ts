import assert from 'node:assert/strict'
import test from 'node:test'
import { templates } from '../../src/cli/init.ts'
import { emptyProject } from '../report/project.ts'
import { told } from '../report/told.ts'
import { linkPackages } from '../tool-copy.ts'

// Each template has a typed number on purpose, or none.
const expected: { readonly [template: string]: readonly RegExp[] } = {
  study: [/^quartet\.md:\d+:37: Unexpected number `0\.816` .*\{ts\} fixed\(.* \[number-has-source\]$/],
  minimal: [],
}

for (const template of templates)
  test(`the report ${template} should answer every command, without a network`, async (t) => {
    const project = emptyProject(t)
    const env = { https_proxy: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' }
    const weft = async (...args: string[]) => {
      const ended = await project.weft(args, env)
      assert.equal(ended.code, 0, `weft ${args.join(' ')}: ${ended.text}`)
      return ended
    }
    await weft('init', '--template', template)
    linkPackages(project.folder, ['zod', 'typescript'])
    const { stderr } = await weft('build')
    const messages = told(stderr)
    assert.equal(messages.length, expected[template]!.length, messages.join('\n'))
    for (const [index, message] of messages.entries()) assert.match(message, expected[template]![index]!)
    // A second build runs nothing.
    assert.doesNotMatch((await weft('build')).stdout, /^ {2}ran /m)
    assert.match((await weft('types')).stdout, /typed/)
    await weft('accept')
    assert.match((await weft('check', '--github')).stdout, /agree|equal/)
  })
