import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { StoredResult } from '../../../src/render/model/types.ts'
import type { Built } from '../execute/build-project.ts'
import { buildProject } from '../execute/build-project.ts'
import type { Files } from '../execute/temporary-project.ts'
import { cell, reportOf, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

interface Call {
  readonly lines: readonly string[]
  readonly files?: Files
  /** `line:column what`, the line from the cell's fence. */
  readonly found: readonly string[]
}

const calls: Record<string, Call> = {
  'Date() and new Date()': {
    lines: ['const at = new Date()', 'export default Date().length > 0 && at > new Date(0)'],
    found: ['1:12 Date'],
  },
  'Date.now': { lines: ['export default Date.now() > 0'], found: ['1:21 Date.now'] },
  'Date.now under another name': {
    lines: ['const { now } = Date', 'export default [0].map(now).length'],
    found: ['2:20 Date.now'],
  },
  'performance.now of the global object': {
    lines: ['export default performance.now() > 0'],
    found: ['1:28 performance.now'],
  },
  'process.hrtime': {
    lines: ['export default process.hrtime.bigint() > 0n && process.hrtime().length'],
    found: ['1:31 process.hrtime.bigint'],
  },
  'process.uptime': { lines: ['export default process.uptime() > 0'], found: ['1:24 process.uptime'] },
  'Math.random, often': {
    lines: ['let sum = 0', 'for (let i = 0; i < 1000; i++) sum += Math.random()', 'export default sum > 0'],
    found: ['2:44 Math.random'],
  },
  'crypto.randomUUID of the global object': {
    lines: ['export default crypto.randomUUID().length'],
    found: ['1:23 crypto.randomUUID'],
  },
  'randomBytes of node:crypto': {
    lines: ["import { randomBytes } from 'node:crypto'", 'export default randomBytes(3).length'],
    found: ['2:16 crypto.randomBytes'],
  },
  'a server': {
    lines: [
      "import { get } from 'node:http'",
      "const asked = get('http://127.0.0.1:9')",
      "export default await new Promise((done) => asked.on('error', () => done('nothing')))",
    ],
    found: ['2:15 http.get'],
  },
  'a socket': {
    lines: [
      "import net from 'node:net'",
      'const socket = new net.Socket().connect(9)',
      "export default await new Promise((done) => socket.on('error', () => done('nothing')))",
    ],
    found: ['2:33 Socket.connect'],
  },
  'a name': {
    lines: [
      "import { lookup } from 'node:dns/promises'",
      "export default (await lookup('127.0.0.1')).address",
    ],
    found: ['2:23 dns.promises.lookup'],
  },
  'the date that it is, by a format': {
    lines: [
      'const format = new Intl.DateTimeFormat()',
      'const same = format.format === format.format && format.format(0) === format.formatToParts(0).map(({ value }) => value).join("")',
      'export default same && format.format().length > 0',
    ],
    found: ['3:31 Intl.DateTimeFormat'],
  },
  'the parts of the date that it is': {
    lines: ['export default new Intl.DateTimeFormat().formatToParts().length'],
    found: ['1:42 Intl.DateTimeFormat'],
  },
  'the name of the machine': {
    lines: [
      "import { hostname, userInfo } from 'node:os'",
      'export default hostname() + userInfo().username',
    ],
    found: ['2:16 os.hostname'],
  },
  'its processors': {
    lines: ["import os from 'os'", 'export default os.cpus().length'],
    found: ['2:19 os.cpus'],
  },
  'the number of its process': {
    lines: ['const { pid } = process', 'export default pid > 0 && process.pid === pid'],
    found: ['1:9 process.pid'],
  },
  'the number of the process above': {
    lines: ['export default process.ppid > 0'],
    found: ['1:24 process.ppid'],
  },
  'the memory that it takes': {
    lines: ['export default process.memoryUsage.rss() > 0'],
    found: ['1:36 process.memoryUsage.rss'],
  },
  'the time that it takes': {
    lines: ['export default process.cpuUsage().user > 0'],
    found: ['1:24 process.cpuUsage'],
  },
  'when it was started': {
    lines: ['export default performance.timeOrigin > 0'],
    found: ['1:28 performance.timeOrigin'],
  },
  'a variable, and another': {
    lines: [
      "const { WEFT_ONE = '' } = process.env",
      "export default WEFT_ONE + ('WEFT_TWO' in process.env) + process.env.WEFT_ONE + process.env.PATH!.length",
    ],
    found: ['1:9 WEFT_ONE', '2:28 WEFT_TWO'],
  },
}

for (const [what, { lines, files = {}, found }] of Object.entries(calls)) {
  test(`a cell that asks for ${what} should be told so, at its place`, async (t) => {
    const root = temporaryProject(t, { ...files, 'report.md': reportOf(cell('x', ...lines)) })
    const built = await buildProject(root)
    assert.equal(built.states.x, 'ran')
    assert.deepEqual(foundBy(built), found)
  })
}

test('a reused cell should be told of at the place where it is now', async (t) => {
  const call = cell('x', "import { at } from './at.ts'", 'export default at() + Math.random()')
  const at = 'export const at = () => Date.now()\n'
  const root = temporaryProject(t, { 'report.md': reportOf(call), 'at.ts': at })
  assert.deepEqual(foundBy(await buildProject(root)), ['0:1 Date.now at at.ts:1:30', '2:28 Math.random'])
  writeFiles(root, { 'report.md': reportOf(`Words.\n\n# More\n${call}`), 'at.ts': `// A comment.\n\n${at}` })
  const again = await buildProject(root)
  assert.deepEqual(
    [again.states.x, foundBy(again)],
    ['reused', ['0:1 Date.now at at.ts:3:30', '2:28 Math.random']],
  )
})

test('what is the same for all should not be told of', async (t) => {
  const lines = [
    "import { sometime } from 'clock'",
    "import { run } from 'weft/experiment'",
    "import { timed } from './timed.ts'",
    'const { measured } = await run(timed, {})',
    "export const all = [new Date(0).toISOString(), Date.UTC(2020), Date.parse('2020-01-01'), process.env.HOME!]",
    'export default sometime() > 0 && (measured.seconds as number) >= 0 && Boolean(process.env.WEFT_DATA ?? true)',
  ]
  const timed = `import { hostname } from 'node:os'
import { defineExperiment } from 'weft/experiment'
export const timed = defineExperiment({
  name: 'timed',
  params: { parse: (value: unknown) => value as object },
  run(_, { measure }) {
    measure('seconds', performance.now() + Date.now() * hostname().length)
    return process.env.WEFT_DATA === undefined
  },
})
`
  const root = temporaryProject(t, {
    'node_modules/clock/package.json': '{ "name": "clock", "version": "1.0.0", "main": "main.cjs" }',
    'node_modules/clock/main.cjs':
      'exports.sometime = () => Date.now() + new Date().getTime() + Math.random() + require("fs").readFileSync("/dev/null").length\n',
    'timed.ts': timed,
    'report.md': reportOf(cell('x', ...lines)),
  })
  const built = await buildProject(root)
  assert.deepEqual([built.states.x, built.said], ['ran', []])
})

test('a watched Date should be the class that it is', async (t) => {
  const lines = [
    'class Day extends Date { readonly isDay = true }',
    'const day = new Day(0)',
    'const copy = structuredClone(new Date(5))',
    'const facts = {',
    '  day: day instanceof Day && day instanceof Date && day.isDay && day.getTime() === 0,',
    '  copy: copy instanceof Date && copy.constructor === Date && copy.getTime() === 5,',
    '  tag: Object.prototype.toString.call(copy) === "[object Date]",',
    '  name: Date.name === "Date" && Date.length === 7 && Date.now.name === "now",',
    '  called: typeof (Date as any)(0) === "string" && Date(),',
    '  now: Math.abs(new Date().getTime() - Date.now()) < 60_000,',
    '  made: Reflect.construct(Date, [7]).getTime() === 7,',
    '  own: new Date(0).constructor === Date && Date.prototype === Object.getPrototypeOf(new Date(0)),',
    '  variable: (process.env.X = "1", process.env.X === "1" && Object.keys(process.env).includes("X")),',
    '}',
    'export const wrong = Object.entries(facts).filter(([, fact]) => !fact).map(([name]) => name)',
  ]
  const root = temporaryProject(t, { 'report.md': reportOf(cell('x', ...lines)) })
  assert.deepEqual((await buildProject(root)).exports, { wrong: [] })
})

const drawn = `import { randomInt } from 'node:crypto'
import { defineExperiment } from 'weft/experiment'
const level = process.env.WEFT_LEVEL ?? 'none'
export const drawn = defineExperiment({
  name: 'drawn',
  params: { parse: (value: unknown) => value as object },
  async run() {
    await fetch('http://127.0.0.1:9/').catch(() => undefined)
    return level.length + Math.random() + randomInt(3)
  },
})
`
const runDrawn = [
  "import { run } from 'weft/experiment'",
  "import { drawn } from './drawn.ts'",
  'const all = [await run(drawn, {}, { seed: 1 }), await run(drawn, {}, { seed: 2 })]',
  'export default all.length',
]
// The cell imports the module too, and so reads the variable itself.
const toldOfDrawn = [
  '0:1 WEFT_LEVEL at drawn.ts:3:27',
  '0:1 WEFT_LEVEL at drawn.ts:3:27',
  '0:1 fetch at drawn.ts:8:11',
  '0:1 Math.random at drawn.ts:9:32',
]

test('a cell should be told once of what its jobs ask for, at its place in their module, and also reused', async (t) => {
  const root = temporaryProject(t, { 'drawn.ts': drawn, 'report.md': reportOf(cell('x', ...runDrawn)) })
  const first = await buildProject(root, { rerun: true })
  assert.deepEqual([first.states.x, foundBy(first)], ['ran', toldOfDrawn])
  assert.match(
    first.said[3]!,
    /Job `drawn` of cell `#x` draws at random \(Math\.random\), expected a result that depends on its sources, params and seed alone: draw/,
  )
  writeFiles(root, { 'drawn.ts': `// Moved.\n${drawn}` })
  const again = await buildProject(root)
  assert.equal(again.states.x, 'reused')
  const moved = toldOfDrawn.map((told) =>
    told.replace(/:(\d+):(\d+)$/, (_, line, column) => `:${Number(line) + 1}:${column}`),
  )
  assert.deepEqual(foundBy(again), moved)
})

test('each job of a thread should keep what its module asked for as it was loaded', async (t) => {
  const root = temporaryProject(t, { 'drawn.ts': drawn, 'report.md': reportOf(cell('x', ...runDrawn)) })
  const { cells } = await buildProject(root)
  const cellResult = cells.get('x')!
  const jobs = cellResult.state === 'ran' ? cellResult.stored.provenance.jobs! : []
  const kinds = jobs.map((key) => {
    const { provenance } = JSON.parse(
      readFileSync(join(root, `dist/.cache/freeze/${key}.json`), 'utf8'),
    ) as StoredResult
    return provenance.impure!.map(({ kind }) => kind)
  })
  const each = ['environment', 'network', 'chance']
  assert.deepEqual(kinds, [each, each])
})

// The places count from the fence of the cell `x`.
function foundBy({ said, tree }: Built): string[] {
  const fence = tree.cells[0]!.position.start.line
  return said.map((message) => {
    const [, line, column, reason] =
      /^report\.md:(\d+):(\d+) cell-is-pure (?:Job `\w+` of c|C)ell `#x` (.*)$/s.exec(message)!
    const what = /\((.*?)\)/.exec(reason!)![1]
    const note = reason!.split('\n    ')[1]
    return `${Number(line) - fence}:${column} ${what}${note ? ` ${note}` : ''}`
  })
}
