import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noteGlobals } from '../../../src/render/worker/note-globals.ts'

interface Change {
  readonly owner: object
  readonly name: PropertyKey
  readonly value: unknown
}

const iterator = Object.getPrototypeOf([].values()) as object

const changes: Record<string, Change> = {
  'a new global': { owner: globalThis, name: 'left', value: 1 },
  'a new method of arrays': { owner: Array.prototype, name: 'left', value: () => 1 },
  'another method of texts': { owner: String.prototype, name: 'trim', value: () => '' },
  'a member of a function': { owner: Array.prototype.map, name: 'left', value: 1 },
  'a constant': { owner: Math, name: 'left', value: 1 },
  'a symbol': { owner: Object.prototype, name: Symbol('left'), value: 1 },
  'an iterator that no global names': { owner: iterator, name: 'next', value: () => ({ done: true }) },
  'a setting of errors': { owner: Error, name: 'stackTraceLimit', value: 3 },
}

for (const [name, { owner, name: member, value }] of Object.entries(changes))
  test(`${name} is seen`, () => {
    const isSame = noteGlobals()
    const before = Object.getOwnPropertyDescriptor(owner, member)
    Object.defineProperty(owner, member, { value, configurable: true, writable: true })
    try {
      assert.equal(isSame(), false)
    } finally {
      if (before) Object.defineProperty(owner, member, before)
      else Reflect.deleteProperty(owner, member)
    }
    assert.equal(isSame(), true)
  })

test('what each task gets anew is no change', () => {
  const isSame = noteGlobals()
  Object.assign(globalThis, { __weft: {}, [Symbol.for('weft.host')]: {} })
  assert.equal(isSame(), true)
  Reflect.deleteProperty(globalThis, '__weft')
  Reflect.deleteProperty(globalThis, Symbol.for('weft.host'))
})
