import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { buildProject, keysOf } from './build-project.ts'
import { cell, reportOf, temporaryProject, values, writeFiles } from './temporary-project.ts'

// What a cell does, the place that its message has in it (line of its code, column; 0:0 for the fence), and the
// message after `Cannot run `#x`, `.
const failing: [string, string, string, RegExp][] = [
  ['throws an Error', "\n  throw new Error('no luck')", '2:9', /^cell-runs no luck\n/],
  [
    'throws a TypeError',
    'const a: any = null\na.b()',
    '2:3',
    /^cell-runs TypeError: Cannot read properties of null \(reading 'b'\)/,
  ],
  ['throws a text', "throw 'text'", '0:1', /^cell-runs threw "text", expected an Error/],
  ['throws null', 'throw null', '0:1', /^cell-runs threw null, expected an Error/],
  ['throws undefined', 'throw undefined', '0:1', /^cell-runs threw undefined, expected an Error/],
  ['throws an object', 'throw { a: 1 }', '0:1', /^cell-runs threw \{"a":1\}, expected an Error/],
  ['throws an Error without a message', 'throw new Error()', '1:7', /^cell-runs an Error without a message/],
  [
    'throws an Error of several lines',
    "throw new Error('one\\ntwo\\n    at three (four.md:1:1)')",
    '1:7',
    /^cell-runs one\n {4}two\n {8}at three \(four\.md:1:1\)\n {4}at report\.md:\d+:7\n$/,
  ],
  [
    'throws the words of a figure without alt',
    "throw new Error('Cannot make a figure, expected alt text that says what it shows, found none')",
    '1:7',
    /^cell-runs Cannot make a figure, expected alt text/,
  ],
  [
    'throws the words of what is no JSON',
    "throw new Error('x0[0]: expected JSON, found a Map')",
    '1:7',
    /^cell-runs x0\[0\]: expected JSON, found a Map/,
  ],
  [
    'throws the words and the name of what is no JSON',
    "throw Object.assign(new Error('x0: NaN'), { name: 'NotJson', kind: 'not-json' })",
    '1:21',
    /^cell-runs NotJson: x0: NaN/,
  ],
  [
    'throws the words of a cell that took too long',
    "throw new Error('took longer than 60 s, expected it to end in that time')",
    '1:7',
    /^cell-runs took longer than 60 s/,
  ],
  [
    'throws words of its own for a figure without alt',
    "import { figure } from 'weft/output'\ntry { figure({ mark: 'point' }, { alt: '' }) } catch (cause) { throw new Error('mine', { cause }) }",
    '2:70',
    /^cell-runs mine\n/,
  ],
  [
    'throws in a module',
    "import { deep } from './deep.ts'\n\ndeep(1)",
    '3:1',
    /^cell-runs deep 2\n {4}at deeper \(deep\.ts:3:\d+\)\n {4}at (Module\.)?deep \(deep\.ts:5:\d+\)\n {4}at report\.md:/,
  ],
  [
    'throws in a module that is named as one of the tool',
    "import { deep } from './lib/thread.js'\ndeep()",
    '2:1',
    /^cell-runs own\n {4}at (Module\.)?deep \(lib\/thread\.js:1:\d+\)\n {4}at report\.md:/,
  ],
  [
    'throws while a module is loaded',
    "import './loaded.ts'",
    '0:1',
    /^cell-runs loading\n {4}at .*loaded\.ts:1:/,
  ],
  ['rejects', "await Promise.reject(new Error('r'))", '1:22', /^cell-runs r\n/],
  ['leaves a rejection', "Promise.reject(new Error('left'))", '1:16', /^cell-runs left\n/],
  [
    'leaves a rejection and waits',
    "Promise.reject(new Error('left'))\nawait new Promise((r) => setTimeout(r, 50))",
    '1:16',
    /^cell-runs left\n/,
  ],
  [
    'throws in a timer',
    "setTimeout(() => { throw new Error('later') }, 5)\nawait new Promise((r) => setTimeout(r, 50))",
    '1:26',
    /^cell-runs later\n/,
  ],
  [
    'loops for ever',
    'for (;;);',
    '0:1',
    /^cell-runs took longer than 0\.4 s, expected it to end in that time/,
  ],
  [
    'waits for a timer too long',
    'await new Promise((r) => setTimeout(r, 9_000))',
    '0:1',
    /^cell-runs took longer than 0\.4 s/,
  ],
  [
    'never settles',
    'await new Promise(() => {})',
    '0:1',
    /^cell-runs waits for something that never happens/,
  ],
  ['exits', 'process.exit(0)', '0:1', /^cell-runs called process\.exit\(0\), expected it to end by itself/],
  ['exits with 3', 'process.exit(3)', '0:1', /^cell-runs called process\.exit\(3\)/],
  [
    'exhausts its heap',
    'const all: unknown[] = []\nfor (;;) all.push(Array.from({ length: 1000 }, (_, i) => ({ i })))',
    '0:1',
    /^cell-runs ran out of memory/,
  ],
  [
    'overflows its stack',
    'const f = (n: number): number => 1 + f(n + 1)\nf(0)',
    '',
    /^cell-runs RangeError: Maximum call stack size exceeded/,
  ],
  [
    'crashes',
    "process.kill(process.pid, 'SIGSEGV')\nawait new Promise((r) => setTimeout(r, 9_000))",
    '0:1',
    /^cell-runs killed its process, which was killed by SIGSEGV/,
  ],
  ['aborts', 'process.abort()', '', /^cell-runs /],
  ['uses a later name', 'export default last', '1:16', /^cell-runs ReferenceError: last is not defined/],
  [
    'gives an object',
    'export default { a: 1 }',
    '0:1',
    /^(cell-runs|result-is-json) default: expected a figure, table, prose, string, number or array of records, found/,
  ],
  [
    'gives a figure without alt',
    "export default { kind: 'figure', spec: {} }",
    '0:1',
    /^figure-has-alt default: .*expected alt text/,
  ],
  [
    'makes a figure without alt',
    "import { figure } from 'weft/output'\nfigure({ mark: 'point' }, { alt: '' })",
    '2:1',
    /^figure-has-alt Cannot make a figure, expected alt text/,
  ],
  [
    'makes a figure of what is no JSON',
    "import { figure } from 'weft/output'\nfigure({ mark: 'point', data: { values: [{ y: NaN }] } }, { alt: 'One' })",
    '2:1',
    /^result-is-json spec\.data\.values\[0\]\.y: NaN/,
  ],
  // JSON: by the path of what is none.
  [
    'exports NaN',
    'export const x0 = { history: { loss: [...Array(17).fill(1), NaN] } }',
    '1:14',
    /^result-is-json x0\.history\.loss\[17\]: NaN/,
  ],
  ['exports Infinity', 'export const x0 = [-Infinity]', '1:14', /^result-is-json x0\[0\]: -Infinity/],
  [
    'exports undefined',
    'export const x0 = undefined',
    '1:14',
    /^result-is-json x0: expected JSON, found undefined/,
  ],
  [
    'exports undefined in an array',
    'export const x0 = { a: [1, undefined] }',
    '1:14',
    /^result-is-json x0\.a\[1\]: expected JSON, found undefined/,
  ],
  [
    'exports a hole',
    'export const x0 = [1, , 2]',
    '1:14',
    /^result-is-json x0\[1\]: expected JSON, found undefined/,
  ],
  [
    'exports a Date that is none',
    'export const x0 = { "a b": new Date(NaN) }',
    '1:14',
    /^result-is-json x0\["a b"\]: expected JSON, found an invalid Date/,
  ],
  [
    'exports what stands for a Date',
    'export const x0 = { a: { $date: 1 } }',
    '1:14',
    /^result-is-json x0\.a: expected no member \$date, which marks a date in JSON/,
  ],
  ['exports a Map', 'export const x0 = new Map()', '1:14', /^result-is-json x0: expected JSON, found a Map/],
  [
    'exports a function',
    'export function x0() {}',
    '1:17',
    /^result-is-json x0: expected JSON, found a function/,
  ],
  ['exports a class', 'export class x0 {}', '1:14', /^result-is-json x0: expected JSON, found a/],
  [
    'exports an instance',
    'class A { b = 1 }\nexport const x0 = new A()',
    '2:14',
    /^result-is-json x0: expected JSON, found an? A/,
  ],
  [
    'exports a typed array',
    'export const x0 = { t: new Float32Array(2) }',
    '1:14',
    /^result-is-json x0\.t: expected JSON, found a Float32Array/,
  ],
  ['exports a bigint', 'export const x0 = [1n]', '1:14', /^result-is-json x0\[0\]: expected JSON, found/],
  [
    'exports a symbol',
    'export const x0 = { s: Symbol("s") }',
    '1:14',
    /^result-is-json x0\.s: expected JSON, found a symbol/,
  ],
  [
    'exports a cycle',
    'export const x0: any = { a: [] }\nx0.a.push({ b: x0 })',
    '1:14',
    /^result-is-json x0\.a\[0\]\.b: expected JSON, found a cycle/,
  ],
  [
    'exports a promise',
    'export const x0 = Promise.resolve(1)',
    '1:14',
    /^result-is-json x0: expected JSON, found a Promise/,
  ],
]

test('a cell that fails should fail alone, at its place, whatever it does', async (t) => {
  const name = (index: number) => `x${index}`
  const options = (what: string) => (/^(loops|waits)/.test(what) ? ' timeout=400ms' : '')
  const block = (what: string, source: string, index: number) =>
    cell(`${name(index)}${options(what)}`, ...source.replaceAll('x0', name(index)).split('\n'))
  const cells = failing.map(([what, source], index) => block(what, source, index))
  // A cell that is well before and after each.
  const body = cells
    .map((text, index) => `${text}${cell(`well${index}`, `export const w${index} = ${index}`)}`)
    .join('')
  const root = temporaryProject(t, {
    'report.md': reportOf(`${body}${cell('last', 'export const last = w0 + 1')}`),
    'deep.ts':
      '// why\nfunction deeper(x: number): never {\n  throw new Error("deep " + x)\n}\nexport const deep = (x: number) => deeper(x + 1)\n',
    'lib/thread.js': "export const deep = () => { throw new Error('own') }\n",
    'loaded.ts': "throw new Error('loading')\nexport {}\n",
  })
  const { states, said, exports } = await buildProject(root, { heapMb: 48 })
  for (const [index, [what]] of failing.entries()) {
    assert.equal(states[name(index)], 'failed', what)
    assert.equal(states[`well${index}`], 'ran', `after: ${what}`)
    assert.equal(exports[`w${index}`], index)
  }
  assert.equal(exports.last, 1)
  assert.equal(said.length, failing.length, said.filter((_, index) => !failing[index]).join('\n'))
  let fence = 5
  for (const [index, [what, source, place, message]] of failing.entries()) {
    const [, line, column, rule, rest] = /^report\.md:(\d+):(\d+) (\S+) Cannot run `#x\d+`, ([\s\S]*)$/.exec(
      said[index]!,
    )!
    assert.match(`${rule} ${rest}\n`.replaceAll(name(index), 'x0'), message, what)
    if (place !== '') assert.equal(`${Number(line) - fence}:${column}`, place, `${what}\n${said[index]}`)
    fence += source.split('\n').length + 3 + 4
  }
})

test('what a cell leaves behind should harm neither itself nor the next', async (t) => {
  const leavings = [
    "setTimeout(() => { throw new Error('late') }, 30)",
    'setInterval(() => {}, 10)',
    '(globalThis as any).leak = 1; Math.max = () => 7; Array.prototype.map = () => []',
    "process.env.TZ = 'Asia/Tokyo'; process.env.PATH = ''; delete process.env.HOME",
    "process.on('exit', () => { for (;;); })",
    '(Object.prototype as any).x = 1',
    'Object.freeze(Object.prototype)',
    'process.exitCode = 7',
    "import { state } from './state.ts'\nstate.count++",
  ]
  const check = [
    "import { state } from './state.ts'",
    'export const seen = [(globalThis as any).leak ?? null, Math.max(1, 2), [1].map((x) => x + 1)[0], process.env.TZ ?? null, ({} as any).x ?? null, state.count]',
  ]
  const body = leavings
    .map((source, index) => cell(`a${index}`, ...source.split('\n'), `export const kept${index} = ${index}`))
    .join('')
  const root = temporaryProject(t, {
    'report.md': reportOf(body + cell('b', ...check)),
    'state.ts': 'export const state = { count: 0 }\n',
  })
  const { said, exports } = await buildProject(root, { slots: 1, env: { PATH: process.env.PATH } })
  assert.deepEqual(said, [])
  assert.deepEqual(exports.seen, [null, 2, 2, null, null, 0])
})

test('a cell that changes an earlier export should change its own copy alone', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(
      cell('a', 'export const list = [3, 1, 2]', 'export const record = { deep: { x: 1 } }') +
        cell(
          'b',
          'list.sort()',
          'list.push(9)',
          'const any: any = record',
          'any.deep.x = 2',
          'export const b = [...list, record.deep.x]',
        ) +
        cell('c', 'export const c = [...list, record.deep.x]') +
        values('list.join()', 'list.reverse().join()', 'list.join()', 'record.deep.x'),
    ),
  })
  const { said, exports, values: results } = await buildProject(root)
  assert.deepEqual(said, [])
  assert.deepEqual(
    [exports.b, exports.c],
    [
      [1, 2, 3, 9, 2],
      [3, 1, 2, 1],
    ],
  )
  assert.deepEqual(
    results.map((one) => one?.ok && one.text),
    ['3,1,2', '2,1,3', '3,1,2', '1'],
  )
})

test('cells should need each other over chapters, and skip by name what needs a failed one', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(cell('a', "throw new Error('no')", 'export const x = 1'), {
      chapters: ['b.md', 'c.md'],
    }),
    'b.md': cell('b', 'export const y = x + 1') + cell('c', 'export const z = 5'),
    'c.md':
      cell('d', 'export const w = y + z') +
      cell('e', 'export const v = z + 1') +
      cell('f', 'export const u = typeof x'),
  })
  const { said, states, exports } = await buildProject(root)
  assert.deepEqual(states, { a: 'failed', b: 'skipped', c: 'ran', d: 'skipped', e: 'ran', f: 'skipped' })
  assert.deepEqual(exports, { z: 5, v: 6 })
  assert.deepEqual(said.slice(1), [
    'b.md:2:1 cell-has-inputs Skipped `#b`, it needs `x` of `#a`, which failed',
    'c.md:2:1 cell-has-inputs Skipped `#d`, it needs `y` of `#b`, which was skipped',
    'c.md:10:1 cell-has-inputs Skipped `#f`, it needs `x` of `#a`, which failed',
  ])
})

test('cells that need one that does not bundle should be skipped by name', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(
      cell('a', 'export const { p: x, q } = ;') +
        cell('b', "import './none.ts'", 'export const y = 1') +
        cell('c', 'export const z = [x]') +
        cell('d', 'export const w = [y, q]') +
        values('x', 'z', 'w'),
    ),
  })
  const { states, said } = await buildProject(root)
  assert.deepEqual(states, { a: 'unevaluated', b: 'unevaluated', c: 'skipped', d: 'skipped' })
  assert.equal(said.filter((message) => message.includes('cell-has-inputs Skipped')).length, 2)
  assert.match(said.join('\n'), /needs `x` of `#a`/)
  for (const name of ['x', 'z', 'w'])
    assert.ok(
      said.some((message) => message.includes(`value-resolves \`${name}\` has no value`)),
      name,
    )
})

test('a finished result should be kept when another cell fails, and failed cells should run again', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(
      cell('a', 'export const a = 1') + cell('b', "throw new Error('no')") + cell('c', 'export const c = a'),
    ),
  })
  const first = await buildProject(root)
  assert.deepEqual(first.states, { a: 'ran', b: 'failed', c: 'ran' })
  const second = await buildProject(root)
  assert.deepEqual(second.states, { a: 'reused', b: 'failed', c: 'reused' })
  assert.deepEqual(keysOf(second), keysOf(first))
  assert.equal(second.said.length, 1)
})

test('an unchanged export of a changed cell should leave its dependents as they are', async (t) => {
  const body = (source: string) => reportOf(cell('a', source) + cell('b', 'export const b = a + 1'))
  const root = temporaryProject(t, { 'report.md': body('export const a = 1 + 2') })
  await buildProject(root)
  writeFiles(root, { 'report.md': body('export const a = Math.abs(-3)') })
  assert.deepEqual((await buildProject(root)).states, { a: 'ran', b: 'reused' })
})

test('a result should be one, fresh or from the store: -0, absent members, order of members', async (t) => {
  const body = (check: string) =>
    reportOf(
      cell('a', 'export const a = { b: -0, z: undefined, y: [{ k: undefined }], 1: 1 }') + cell('b', check),
    )
  const check = 'export const b = [Object.keys(a), Object.is(a.b, 0), Object.keys(a.y[0])]'
  const root = temporaryProject(t, { 'report.md': body(check) })
  const fresh = await buildProject(root)
  assert.deepEqual([fresh.said, fresh.exports.b], [[], [['1', 'b', 'y'], true, []]])
  writeFiles(root, { 'report.md': body(check.replace('= [', '= [...[], ')) })
  const stored = await buildProject(root)
  assert.deepEqual(
    [stored.states, stored.damaged, stored.exports.b],
    [{ a: 'reused', b: 'ran' }, [], fresh.exports.b],
  )
})

test('a cell should have its environment and nothing else of the build', async (t) => {
  const source = [
    'export const env = Object.keys(process.env).sort()',
    'export const zone = new Date(2020, 6, 1, 12).toISOString()',
    'export const argv = process.argv.length',
    'export const stdin = process.stdin.isTTY ?? null',
  ]
  const root = temporaryProject(t, { 'report.md': reportOf(cell('a', ...source)) })
  const { said, exports } = await buildProject(root, {
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', PATH: '/bin', WEFT_X: '1' },
  })
  assert.deepEqual(said, [])
  // Node itself hands these to a child, the last one while coverage is measured.
  const names = (exports.env as string[]).filter(
    (name) => !['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', 'NODE_V8_COVERAGE'].includes(name),
  )
  assert.deepEqual(names, ['LC_ALL', 'PATH', 'TZ', 'WEFT_X'])
  assert.equal(exports.zone, '2020-07-01T12:00:00.000Z')
})

test('what a cell prints should be told with its label, all of it', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(
      cell('a', "console.log('one', { x: 1 })", "console.error('two')", "process.stdout.write('three')") +
        cell('b', "console.log('before')", "throw new Error('no')") +
        cell('c', "console.log('x'.repeat(300_000))", "console.log('end')") +
        cell('d', "console.log('exit')", 'process.exit(1)'),
    ),
  })
  const { events } = await buildProject(root)
  const logged = (label: string) =>
    events
      .flatMap((event) => (event.startsWith(`log ${label}: `) ? [event.slice(`log ${label}: `.length)] : []))
      .join('')
  assert.equal(logged('a').split('\n').sort().join('|'), 'one { x: 1 }|three|two'.split('|').sort().join('|'))
  assert.equal(logged('b'), 'before\n')
  assert.equal(logged('c').length, 300_001 + 4)
  assert.equal(logged('d'), 'exit\n')
})

test('nothing should run where nothing may, and what was accepted should be shown as stale', async (t) => {
  const body = (n: number) =>
    reportOf(
      cell('a', `export const a = ${n}`) +
        cell('b', 'export const b = a + 1') +
        cell('c', 'export const c = 3') +
        values('a'),
    )
  const root = temporaryProject(t, { 'report.md': body(1) })
  const first = await buildProject(root)
  const stored = new Map(
    [...first.cells].map(([label, one]) => [label, 'stored' in one ? one.stored : undefined]),
  )
  writeFiles(root, {
    'report.md': body(2) + cell('d', 'export const d = 4') + cell('e', 'export const e = d'),
  })
  const built = await buildProject(root, { cached: true, accepted: (label) => stored.get(label) })
  assert.deepEqual(built.states, { a: 'stale', b: 'stale', c: 'reused', d: 'stale', e: 'skipped' })
  assert.deepEqual(built.said, [
    'report.md:5:1 result-is-current Cannot show `#a` as it is, its result is missing and nothing may run: shown is the accepted one, computed from other sources. Build without --cached',
    'report.md:9:1 result-is-current Cannot show `#b` as it is, it needs `a`, whose cell has no current result',
    'report.md:17:1 result-is-current Cannot show `a` as it is, it needs `a`, whose cell has no current result',
    'report.md:19:1 result-is-current Cannot show `#d` as it is, its result is missing and nothing may run: there is no accepted one. Build without --cached',
    'report.md:23:1 cell-has-inputs Skipped `#e`, it needs `d` of `#d`, which has no current result',
  ])
  assert.equal(
    built.events.some((event) => event.startsWith('start ')),
    false,
  )
  assert.equal(built.values[0]?.read.a, 1)
})

test('a build should stop at its signal, keep what is done, and leave no process', async (t) => {
  const stop = new AbortController()
  const root = temporaryProject(t, {
    'report.md': reportOf(
      cell('a', 'export const a = process.pid') +
        cell('b', 'console.log(process.pid)', 'a', 'for (;;);') +
        cell('c', 'export const c = a'),
    ),
  })
  const pids: number[] = []
  const built = await buildProject(root, {
    slots: 1,
    signal: stop.signal,
    tell: (event) => {
      const pid = /^log b: (\d+)/.exec(event)?.[1]
      if (pid) {
        pids.push(Number(pid))
        stop.abort()
      }
    },
  })
  assert.deepEqual([built.states.a, built.states.b], ['ran', 'failed'])
  assert.equal((built.cells.get('b') as { failure: { kind: string } }).failure.kind, 'aborted')
  assert.equal(pids.length, 1)
  assert.throws(() => process.kill(pids[0]!, 0), { code: 'ESRCH' })
  assert.ok(readdirSync(join(root, 'dist/.cache/freeze')).length >= 1)
  const after = await buildProject(root, { signal: AbortSignal.abort() })
  assert.equal(after.states.a, 'reused')
  assert.equal(after.states.b, 'failed')
})

test('many cells under one signal should not warn of leaks', async (t) => {
  const warnings: string[] = []
  const onWarning = (warning: Error) => warnings.push(warning.name)
  process.on('warning', onWarning)
  t.after(() => process.off('warning', onWarning))
  const cells = Array.from({ length: 13 }, (_, index) =>
    cell(`c${index}`, `export const c${index} = ${index}`),
  )
  const { said } = await buildProject(temporaryProject(t, { 'report.md': reportOf(cells.join('')) }), {
    signal: new AbortController().signal,
  })
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual([said, warnings], [[], []])
})

test('cells that do not need each other should run beside each other, up to the slots', async (t) => {
  const source = [
    "import { appendFileSync } from 'node:fs'",
    "appendFileSync('running', '+')",
    'await new Promise((resolve) => setTimeout(resolve, 150))',
    "appendFileSync('running', '-')",
  ]
  for (const slots of [1, 2]) {
    const root = temporaryProject(t, {
      'report.md': reportOf(['a', 'b', 'c'].map((label) => cell(label, ...source)).join('')),
    })
    await buildProject(root, { slots })
    let running = 0
    const counts = [...readFileSync(join(root, 'running'), 'utf8')].map(
      (sign) => (running += sign === '+' ? 1 : -1),
    )
    assert.equal(counts.length, 6)
    assert.equal(Math.max(...counts), slots)
  }
})

test('a cell should have any time that it asks for', async (t) => {
  const source = 'export const a = await new Promise((resolve) => setTimeout(() => resolve(1), 50))'
  const { said } = await buildProject(
    temporaryProject(t, { 'report.md': reportOf(cell('a timeout=99999999min', source)) }),
  )
  assert.deepEqual(said, [])
})

test('a message should have the names of the author', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(
      cell('a', 'export const first: any = 1') +
        cell('b', 'first.none()') +
        cell('c', '(params as any).epochs.none()'),
      { params: { full: { epochs: 1 } } },
    ),
  })
  const { said } = await buildProject(root)
  assert.match(
    said[0]!,
    /^report\.md:10:7 cell-runs Cannot run `#b`, TypeError: first\.none is not a function/,
  )
  assert.match(
    said[1]!,
    /^report\.md:14:24 cell-runs Cannot run `#c`, TypeError: params\.epochs\.none is not a function/,
  )
})

test('an error should be at its place where the fence stands in a list or a quote', async (t) => {
  const cases: [string, string][] = [
    ["> - ```ts exec #a\n>   const x = 1\n>     throw new Error('no')\n>   ```", '6:13'],
    ["1. item\n\n   ~~~ts exec #a\n   /* ü */ throw new Error('no')\n   ~~~", '7:18'],
    ["  ```ts exec #a\n  throw new Error('no')\n  ```", '5:9'],
    ['> ```ts exec #a\n> null.x\n> ```', '5:8'],
  ]
  for (const [body, place] of cases) {
    const { said } = await buildProject(temporaryProject(t, { 'report.md': reportOf(body) }))
    assert.ok(said[0]?.startsWith(`report.md:${place} cell-runs `), `${body}\n${said}`)
  }
})

test('a cell should get the dates of a CSV file that it asks for, and show them', async (t) => {
  const cellOf = (label: string, attributes: string, code: string) =>
    cell(label, `import rows from './days.csv'${attributes}\n${code}`)
  const root = temporaryProject(t, {
    'report.md': reportOf(
      [
        cellOf('text', '', 'export const type = typeof rows[0].day\nexport default rows'),
        cellOf(
          'dates',
          " with { dates: 'day' }",
          'export const year = rows[0].day.getUTCFullYear()\nexport default rows',
        ),
        cellOf('column', " with { dates: 'dya' }", 'export default rows'),
        cellOf('other', " with { type: 'json' }", 'export default rows'),
        cellOf('exported', " with { dates: 'day' }", 'export const first = rows[0]'),
      ].join(''),
    ),
    'days.csv': 'day,rain\n2012/1/2,0.5\n,1\n',
  })
  const { exports, cells, said } = await buildProject(root)
  assert.deepEqual(exports, {
    type: 'string',
    year: 2012,
    first: { day: { $date: '2012-01-02T00:00:00.000Z' }, rain: 0.5 },
  })
  const dates = cells.get('dates')!
  const [shown] = 'stored' in dates ? (dates.stored?.shown ?? []) : []
  assert.deepEqual(shown?.kind === 'table' && shown.rows.map(({ day }) => day!.text), ['2012-01-02', '–'])
  assert.deepEqual(
    said.map((message) => message.replace(/^\S+ /, '')),
    [
      'cell-bundles Cannot bundle `#column`, Cannot read `days.csv`, expected the column dya, found day, rain: did you mean `day`?',
      'cell-bundles Cannot bundle `#other`, Cannot read `days.csv`, expected with { dates, numbers, texts, booleans, missing, columns, delimiter, decimal }, found type',
    ],
  )
})
