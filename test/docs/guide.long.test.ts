import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { ruleExamples } from '../../docs/guide/rule-examples.ts'
import { messagesOf } from '../render/execute/build-project.ts'
import { buildOnce } from '../render/pipeline/build-once.ts'
import { linkPackages } from '../tool-copy.ts'
import { exampleFolder, writeExample } from './guide-examples.ts'

// Rules of the page and of types: for the others the short test is enough.
for (const [rule, { breaks, cures, isOfPage }] of Object.entries(ruleExamples))
  if (breaks !== undefined && cures !== undefined && isOfPage)
    test(`the example of ${rule} should break it on the page, and its cure cure it`, async (t) => {
      const saidOf = async (text: string) => {
        const folder = exampleFolder(t)
        if (rule === 'types-agree') linkPackages(folder, ['typescript'])
        writeExample(folder, text)
        return messagesOf((await buildOnce(join(folder, 'report.md'))).files)
      }
      const said = await saidOf(breaks)
      assert.ok(
        said.some((message) => new RegExp(`^[^ ]+ ${rule} `).test(message)),
        said.join('\n'),
      )
      assert.deepEqual(await saidOf(cures), [])
    })
