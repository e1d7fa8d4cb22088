import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { openAuthorMode } from '../../../src/render/pipeline/author-mode.ts'
import { build } from '../../../src/render/pipeline/build.ts'
import { openSession } from '../../../src/render/pipeline/session.ts'
import { typescriptProject } from '../bundle/types/typescript-project.ts'
import { messagesOf } from '../execute/build-project.ts'
import { cell, reportOf } from '../execute/temporary-project.ts'

test('faults of types should be warnings of a build, also in modules, and errors of a strict one', async (t) => {
  const root = typescriptProject(t, {
    'report.md': reportOf(
      cell('a', "import { size } from './size.ts'", "export const a: number = 'a' + size"),
    ),
    'size.ts': 'export const size: string = 1\n',
  })
  const { env } = process
  const paths = pathsOf(join(root, 'report.md'))
  const session = openSession({ paths, mode: openAuthorMode({ paths, env }), env })
  t.after(() => session.close())
  const found = [
    'report.md:7:14 types-agree Type `string` is not assignable to type `number` (TS2322)',
    'size.ts:1:14 types-agree Type `number` is not assignable to type `string` (TS2322)',
  ]
  const built = await build(session)
  assert.deepEqual([built.isOk, messagesOf(built.files)], [true, found])
  const strict = await build(session, { isStrict: true })
  assert.deepEqual([strict.isOk, messagesOf(strict.files)], [false, found])
})
