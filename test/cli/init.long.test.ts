import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { templates } from '../../src/cli/init.ts'
import { emptyProject } from '../report/project.ts'
import { told } from '../report/told.ts'
import { home, linkPackages } from '../tool-copy.ts'
import { notThird } from '../turns.ts'

// The study has a typed number on purpose; the guide shows what is said of it.
const expected: { readonly [template: string]: string } = {
  study: readFileSync(join(home, 'docs/guide/said.txt'), 'utf8').trim(),
}

for (const [place, template] of templates.entries())
  test(`the report ${template} should answer every command, without a network`, {
    skip: notThird(place),
  }, async (t) => {
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
    assert.equal(told(stderr).join('\n'), expected[template] ?? '')
    // A second build runs nothing.
    assert.doesNotMatch((await weft('build')).stdout, /^ {2}ran /m)
    assert.match((await weft('types')).stdout, /typed/)
    await weft('accept')
    assert.match((await weft('check', '--github')).stdout, /agree|equal/)
  })
