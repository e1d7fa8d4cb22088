import assert from 'node:assert/strict'
import test from 'node:test'
import { text } from '../../../../src/render/assemble/registers/nodes.ts'
import { registerTable } from '../../../../src/render/assemble/registers/register.ts'

interface Made {
  readonly data: { readonly hName: string; readonly hProperties: object }
  readonly children: readonly Made[]
}

test('registerTable should make the first cell of a row its heading, unless it is empty', () => {
  const rows = [[[text('a')], [text('1')]], [[text('')], [text('2')]], [[]]]
  const table = registerTable([{ title: 'Name' }, { title: 'Value', align: 'right' }], [{ rows }])
  const [, body] = (table as unknown as Made).children
  assert.deepEqual(
    body!.children.map(({ children }) => children.map(({ data }) => data.hName)),
    [
      ['th', 'td'],
      ['td', 'td'],
      ['td', 'td'],
    ],
  )
  assert.deepEqual(body!.children[0]!.children[1]!.data.hProperties, { className: ['align-right'] })
})
