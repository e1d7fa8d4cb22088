import assert from 'node:assert/strict'
import test from 'node:test'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { withKind } from '../../../src/render/model/error-kind.ts'
import { NotJson } from '../../../src/render/output/to-json.ts'
import { failureOf, framesOf } from '../../../src/render/worker/failure-of.ts'

test('failureOf should give the kind that an error was marked with, not one that its words or name suggest', () => {
  const kinds = [
    new NotJson('x: NaN'),
    withKind(new Error('no words'), 'no-alt'),
    new Error('Cannot make a figure, expected alt text that says what it shows, found none'),
    Object.assign(new Error('x: NaN'), { name: 'NotJson', kind: 'not-json' }),
    { message: 'x: NaN' },
  ].map((error) => failureOf(error).kind)
  assert.deepEqual(kinds, ['not-json', 'no-alt', 'error', 'error', 'error'])
})

test('failureOf should give the words of an error in the names of its author', () => {
  const issues = z.object({ a: z.object({ b: z.number() }) }).safeParse({ a: { b: 'c' } }).error
  const messages = [
    new NotJson('x: NaN'),
    new TypeError('$weft_earlier_binary.test is not a function'),
    new Error('$weft_param_epochs is odd'),
    new Error(),
    issues,
    'text',
    { a: 1 },
    undefined,
    10n,
  ].map((error) => failureOf(error).message)
  assert.deepEqual(messages, [
    'x: NaN',
    'TypeError: binary.test is not a function',
    'params.epochs is odd',
    'an Error without a message',
    'a.b: Invalid input: expected number, received string',
    'threw "text", expected an Error',
    'threw {"a":1}, expected an Error',
    'threw undefined, expected an Error',
    'threw bigint, expected an Error',
  ])
})

test('framesOf should leave out what only looks like frames, and those of the program itself', () => {
  const message = 'one\n    at two (three.md:1:1)'
  const tool = pathToFileURL('src/render/worker/thread.ts').href
  const error = new Error(message)
  error.stack = `Error: ${message}\n    at four (five.ts:2:3)\n    at runCell (${tool}:9:1)\n    at six.md:4:5`
  assert.deepEqual(framesOf(error), ['    at four (five.ts:2:3)', '    at six.md:4:5'])
  assert.match(framesOf(new Error(message))[0]!, /failure-of\.test/)
  error.message = 'changed since'
  assert.equal(framesOf(error).length, 3)
})

test('framesOf should leave out what loads a cell, as Node 24 shows it, and nothing else of Node', () => {
  const frames = [
    '    at read (node:fs:441:20)',
    '    at report.md:8:25',
    '    at async node:internal/modules/esm/loader:647:26',
  ]
  const error = Object.assign(new Error('no'), { stack: ['Error: no', ...frames].join('\n') })
  assert.deepEqual(framesOf(error), frames.slice(0, 2))
})
