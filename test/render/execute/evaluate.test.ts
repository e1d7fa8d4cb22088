import assert from 'node:assert/strict'
import test from 'node:test'
import type { Json } from '../../../src/render/model/types.ts'
import { buildProject } from './build-project.ts'
import { cell, reportOf, temporaryProject } from './temporary-project.ts'

const given = [
  'export const binary = { test: { accuracy: { mean: 0.9634, std: 0.004, n: 5, min: 0.884, max: 0.97 } }, history: [{ loss: 0.5 }, { loss: 0.25 }], name: "dress", train: 1 }',
  'export const binaryParams = { learningRate: 0.1 }',
  'export const epochs = 40, word = "ü", flag = true, nothing = null, empty: number[] = [], big = 12345.678, negative = -2',
  'export const constructor = "own", name = "n", status = "s", odd = { "a b": 1, toString: 2, "": 3 }',
]
const front = { params: { full: { epochs: 20, seeds: [1, 2, 3], deep: { x: [null, 'y'] } } } }

/** Evaluates expressions of one report, with what its cell exports; a claim is given as `claim: expression`. */
async function evaluated(
  t: Parameters<typeof temporaryProject>[0],
  expressions: readonly string[],
  more = '',
) {
  const prose = expressions.map((source) =>
    source.startsWith('claim: ') ? `:claim[Prose]{that="${source.slice(7)}"}` : `\`{ts} ${source}\``,
  )
  const root = temporaryProject(t, {
    'report.md': reportOf(`${prose.join('\n\n')}\n${cell('a', ...given)}${more}`, front),
  })
  const built = await buildProject(root)
  return { ...built, results: expressions.map((_, index) => built.values[index]) }
}

const space = '\u00a0'
const shown: [string, string | RegExp][] = [
  ['"text"', 'text'],
  ['word', 'ü'],
  ['epochs', '40'],
  ['params.epochs + 1', '21'],
  ['params["seeds"].length', '3'],
  ['params.deep.x[1]', 'y'],
  ['0.1 + 0.2 > 0.3 ? "more" : "less"', 'more'],
  ['negative', '\u22122'],
  ['negative * 1e-7', '\u22122 × 10⁻⁷'.replaceAll(' ', space)],
  ['1.23456789e-10', '1.23456789 × 10⁻¹⁰'.replaceAll(' ', space)],
  ['1e21', '1 × 10²¹'.replaceAll(' ', space)],
  ['0.000001', '0.000001'],
  ['123456789.125', '123456789.125'],
  ['percent(binary.test.accuracy)', `96.3 ± 0.4 %`.replaceAll(' ', space)],
  ['percent(binary.test.accuracy.mean)', `96.3${space}%`],
  ['fixed(big, 2)', /^12.?345\.68$/],
  ['count(12345)', /^12.345$/],
  ['seconds(3.1)', `3.1${space}s`],
  ['binary.test.accuracy', /^0\.9634.*±.*0\.004/],
  ['binary.history.map((epoch) => epoch.loss).join(", ")', '0.5, 0.25'],
  ['Math.max(...binary.history.map(({ loss }) => loss))', '0.5'],
  ['binary.history.at(-1)!.loss', '0.25'],
  ['binary.history.length', '2'],
  ['[epochs, word].join(" and ")', '40 and ü'],
  ['epochs + " of " + params.epochs + ", " + word', '40 of 20, ü'],
  ['(binary as { train: number }).train satisfies number', '1'],
  ['<number>epochs', '40'],
  ['(epochs)', '40'],
  ['/* why */ epochs', '40'],
  ['epochs /* why */', '40'],
  ['epochs // why', '40'],
  ['(/* a */ epochs /* b */)', '40'],
  ['"a // b"', 'a // b'],
  ['((x: number): number => x * 2)(epochs)', '80'],
  ['constructor', 'own'],
  ['name + status', 'ns'],
  ['odd["a b"]', '1'],
  ['odd.toString', '2'],
  ['odd[""]', '3'],
  ['Object.keys(binary.history[0]).join()', 'loss'],
  ['JSON.stringify(binaryParams)', '{"learningRate":0.1}'],
  ['"train" in binary ? "yes" : "no"', 'yes'],
  ['nothing ?? "none"', 'none'],
  ['(() => { let sum = 0; for (const { loss } of binary.history) sum += loss; return sum })()', '0.75'],
  ['Math.round(Math.PI) + Math.abs(-1)', '4'],
  ['Object.prototype.toString.call(Math)', '[object Math]'],
  [
    '[...new Map([[1, new Set([2])]]).keys()].join() + /a/.test("a") + encodeURIComponent("ü")',
    '1true%C3%BC',
  ],
  ['typeof (this as any).process', 'undefined'],
  ['flag', 'true'],
]

const beyond =
  ', expected an export of a cell, params or a formatter: what differs from run to run belongs in an experiment'
const hidden = {
  'String(globalThis.process?.env.WEFT_FOO)': 'globalThis',
  'process.env.HOME': 'process',
  'Date.now()': 'Date',
  'new Date().getFullYear()': 'Date',
  'typeof Date': 'Date',
  'performance.now()': 'performance',
  'Math.random()': 'Math.random',
  'crypto.randomUUID()': 'crypto',
  'new Intl.NumberFormat().format(epochs)': 'Intl',
  'Function("return 1")()': 'Function',
  'eval("1")': 'eval',
  'claim: Date.now() > 0': 'Date',
}

test('what is not the same for everybody should be no name in a value or claim', async (t) => {
  const { results, said } = await evaluated(t, Object.keys(hidden))
  const messages = Object.values(hidden).map((name) => `Unexpected \`${name}\` in a value${beyond}`)
  assert.deepEqual(
    results.map((result) => (result?.ok ? result.text : result?.message)),
    messages,
  )
  const rules = said.map((text) => text.split(' ')[1])
  assert.deepEqual(
    rules,
    Object.keys(hidden).map((source) => (/^claim/.test(source) ? 'claim-holds' : 'value-resolves')),
  )
})

test('an export should be what it is where a global has its name', async (t) => {
  const { results } = await evaluated(
    t,
    ['crypto + performance'],
    cell('b', 'export const crypto = 1, performance = 2'),
  )
  assert.deepEqual(
    results.map((result) => result?.ok && result.text),
    ['3'],
  )
})

test('evaluate should print text, numbers and Spreads, of any expression', async (t) => {
  const { results, said } = await evaluated(
    t,
    shown.map(([source]) => source),
  )
  for (const [index, [source, text]] of shown.entries()) {
    const result = results[index]
    assert.ok(result?.ok, `${source}: ${result && !result.ok ? result.message : 'absent'}`)
    if (typeof text === 'string') assert.equal(result.text, text, source)
    else assert.match(result.text, text, source)
  }
  assert.deepEqual(said, [])
})

const wrong: [string, RegExp][] = [
  ['undefined', /^Unexpected undefined, expected text, a number, a date or a Spread$/],
  ['nothing', /^Unexpected null, expected text/],
  ['NaN', /^Unexpected NaN, expected text/],
  ['1 / 0', /^Unexpected Infinity, expected text/],
  ['binaryParams', /^Unexpected object \{learningRate\}, expected text/],
  ['empty', /^Unexpected array of 0, expected text/],
  ['(async () => 1)()', /^Unexpected promise, expected text/],
  ['percent', /^Unexpected function, expected text/],
  ['Object.getOwnPropertySymbols([].constructor.prototype)[0]', /^Unexpected symbol, expected text/],
  ['10n', /^Unexpected bigint, expected text/],
  ['percent(undefined)', /undefined/],
  ['percent(binary)', /./],
  [
    'binry',
    /^Unknown name `binry`, expected an export of a cell, params or a formatter: did you mean `binary`\?$/,
  ],
  ['precent(0.5)', /^Unknown name `precent`, .*: did you mean `percent`\?$/],
  ['zzzzzzzz', /^Unknown name `zzzzzzzz`, expected an export of a cell, params or a formatter$/],
  ['toString', /^Unknown name `toString`/],
  ['hasOwnProperty("a")', /^Unknown name `hasOwnProperty`/],
  ['scope', /^Unknown name `scope`/],
  [
    'binary.params',
    /^Unknown property `params` of `binary`, expected test, history, name or train: did you mean `binaryParams`\?$/,
  ],
  [
    'binary.test.acuracy',
    /^Unknown property `acuracy` of `binary\.test`, expected accuracy: did you mean `accuracy`\?$/,
  ],
  [
    'params.epoch',
    /^Unknown property `epoch` of `params`, expected epochs, seeds or deep: did you mean `epochs`\?$/,
  ],
  ['params.deep.yyyy', /^Unknown property `yyyy` of `params\.deep`, expected x$/],
  ['binary.history[2].loss', /^Unknown element `2` of `binary\.history`, expected 0 to 1$/],
  ['binary.history[-1].loss', /^Unknown element `-1` of `binary\.history`, expected 0 to 1$/],
  ['empty[0]', /^Unknown element `0` of `empty`, expected none: it is empty$/],
  [
    'binary.history[0].los',
    /^Unknown property `los` of `binary\.history\[0\]`, expected loss: did you mean `loss`\?$/,
  ],
  ['odd["a b"].c.d', /Cannot read properties of undefined/],
  ['(() => { throw new Error("own") })()', /^own$/],
  ['(() => { throw "text" })()', /^text$/],
  ['failed.x', /^`failed` has no value, since its cell has no result$/],
  ['await binary', /./],
  ['import("node:fs")', /^Unexpected promise/],
  ['import.meta.url', /./],
  ['(function f() { return f() })()', /Maximum call stack/],
]

test('evaluate should report at its place what is no value, and harm no other', async (t) => {
  const expressions = wrong.flatMap(([source]) => [source, 'epochs'])
  const { results, said, exports } = await evaluated(
    t,
    expressions,
    cell('b', "throw new Error('no')", 'export const failed = { x: 1 }'),
  )
  assert.equal(exports.epochs, 40)
  const messages = said.filter((message) => message.includes(' value-resolves '))
  for (const [index, [source, message]] of wrong.entries()) {
    const result = results[2 * index]
    assert.ok(result && !result.ok, `${source}: ${result?.ok ? result.text : 'absent'}`)
    assert.match(result.message, message, source)
    assert.ok(
      messages[index]?.startsWith(`report.md:${4 + 4 * index}:1 value-resolves ${result.message}`),
      messages[index],
    )
    const next = results[2 * index + 1]
    assert.ok(next?.ok && next.text === '40', `after ${source}`)
  }
  assert.equal(messages.length, wrong.length)
})

const unreadable: [string, number][] = [
  ['1); f(); (2', 7],
  ['1]; f(); [2', 7],
  ['epochs +', 1],
  ['epochs, ', 1],
  ['', 1],
  ['   ', 1],
  ['/* only */', 1],
  ['// only', 1],
  ['...binary.history', 6],
  ['a b', 8],
  ['let x = 1', 10],
  ['return 1', 6],
  ['if (epochs) 1', 6],
  ['epochs; epochs', 12],
  ['1 }) ; ({ a: 1', 8],
  ['"ü𝒙" "b"', 13],
  ['1}${2', 7],
]

test('evaluate should take what is not one expression for an error at the word', async (t) => {
  const { said, values } = await evaluated(
    t,
    unreadable.map(([source]) => source),
  )
  assert.deepEqual(values.filter(Boolean), [])
  assert.equal(said.length, unreadable.length, said.join('\n'))
  for (const [index, [source, column]] of unreadable.entries()) {
    const message = said.find((one) => one.startsWith(`report.md:${4 + 2 * index}:`))
    const [, found, rest] = /^report\.md:\d+:(\d+) value-resolves ([\s\S]*)$/.exec(message ?? '') ?? []
    assert.ok(rest, source)
    assert.match(rest, /^Cannot read `.*`, expected one expression: /, source)
    assert.ok(
      column === 1 || Math.abs(Number(found) - column) <= 1,
      `${source}: ${found}, expected about ${column}`,
    )
  }
})

const reads: [string, Record<string, Json>][] = [
  ['epochs + params.epochs', { epochs: 40, 'params.epochs': 20 }],
  ['word + flag + nothing', { word: 'ü', flag: true, nothing: null }],
  ['percent(binary.test.accuracy.mean)', { 'binary.test.accuracy.mean': 0.9634 }],
  ['binary.history[1].loss + odd["a b"]', { 'binary.history[1].loss': 0.25, 'odd["a b"]': 1 }],
  ['epochs > 100 && binary.train > 0 ? 1 : 2', { epochs: 40 }],
  [
    'params.seeds.map((seed) => seed).length',
    { 'params.seeds[0]': 1, 'params.seeds[1]': 2, 'params.seeds[2]': 3 },
  ],
  ['params.deep.x[0] ?? params.deep.x[1]', { 'params.deep.x[0]': null, 'params.deep.x[1]': 'y' }],
  ['1 + 1', {}],
  ['((epochs: number) => epochs)(3)', {}],
]

test('evaluate should note every number, text and truth value that is read, by its path', async (t) => {
  const { results } = await evaluated(
    t,
    reads.map(([source]) => source),
  )
  for (const [index, [source, read]] of reads.entries()) assert.deepEqual(results[index]!.read, read, source)
})

test('a formatter should leave each number beside its text, and a comparer nothing', async (t) => {
  const { results } = await evaluated(t, [
    'percentPoints(difference(binary.test.accuracy, 0.9))',
    'isHigher(binary.test.accuracy, 0.9) ? "more" : "less"',
    'percentPoints(binary.test.accuracy)',
  ])
  const printed = results.map((result) => (result?.ok ? result.printed : assert.fail(JSON.stringify(result))))
  assert.deepEqual(
    printed[0]!.map(({ text }) => text),
    ['6.3\u00a0points', '5.8', '6.8'],
  )
  assert.equal(typeof printed[0]![1]!.raw, 'number')
  assert.deepEqual(printed[1], [])
  assert.deepEqual(printed[2], [
    {
      raw: { mean: 0.9634, std: 0.004, n: 5, min: 0.884, max: 0.97 },
      text: '96.3\u00a0±\u00a00.4\u00a0points',
    },
  ])
})

const claims: [string, string | undefined][] = [
  ['epochs > 30 && params.epochs === 20', undefined],
  ["binary.name === 'dress'", undefined],
  ['binary.history.every(({ loss }) => loss > 0)', undefined],
  [
    'binary.test.accuracy.min >= 0.9',
    'Claim does not hold: binary.test.accuracy.min is 0.884, expected >= 0.9',
  ],
  [
    'epochs < params.epochs',
    'Claim does not hold: epochs is 40, params.epochs is 20, expected epochs < params.epochs',
  ],
  [
    'Math.max(...binary.history.map(({ loss }) => loss)) - 0.25 < binaryParams.learningRate * 2',
    'Claim does not hold: Math.max(...binary.history.map(({ loss }) => loss)) - 0.25 is 0.25, binaryParams.learningRate * 2 is 0.2, expected Math.max(...binary.history.map(({ loss }) => loss)) - 0.25 < binaryParams.learningRate * 2',
  ],
  [
    'epochs > 30 && binary.train > params.epochs && flag',
    'Claim does not hold: binary.train is 1, params.epochs is 20, expected binary.train > params.epochs',
  ],
  ['50 < epochs', 'Claim does not hold: epochs is 40, expected 50 < epochs'],
  [
    'flag === (epochs < 5)',
    'Claim does not hold: flag is true, (epochs < 5) is false, expected flag === (epochs < 5)',
  ],
  [
    'epochs > 50 || big < 1',
    'Claim does not hold: epochs is 40, big is 12345.678, expected epochs > 50 || big < 1',
  ],
  ['nothing === epochs', 'Claim does not hold: epochs is 40, expected nothing === epochs'],
  [
    'isHigher(0.5, binary.test.accuracy)',
    'Claim does not hold: binary.test.accuracy is 0.9634\u00a0±\u00a00.0040, the difference is −0.4634, 95\u00a0% CI −0.4684 to\u00a0−0.4584, expected isHigher(0.5, binary.test.accuracy)',
  ],
  [
    'isHigher(epochs, 3)',
    'Cannot tell whether the claim holds, isHigher expected two Spreads, a Spread and a number, or one comparison, found 40 and 3',
  ],
  ['!flag', 'Claim does not hold: flag is true, expected !flag'],
  ['1 > 2', 'Claim does not hold: nothing was read, expected 1 > 2'],
  ["word === 'o'", 'Claim does not hold: word is "ü", expected === \'o\''],
  ['epochs', 'Claim does not hold: epochs is 40, expected epochs'],
  [
    'binary.none > 1',
    'Cannot tell whether the claim holds, Unknown property `none` of `binary`, expected test, history, name or train',
  ],
  ['epochs >', 'Cannot read `epochs >`, expected one expression: Unexpected ")"'],
]

test('a claim should hold only while it is true, and say what it depends on', async (t) => {
  const { said } = await evaluated(
    t,
    claims.map(([source]) => `claim: ${source}`),
  )
  const failing = claims.filter(([, message]) => message !== undefined)
  assert.equal(said.length, failing.length, said.join('\n'))
  for (const [index, [source, expected]] of claims.entries()) {
    const message = said.find((one) => one.startsWith(`report.md:${4 + 2 * index}:`))
    if (expected === undefined) assert.equal(message, undefined, source)
    else
      assert.match(
        message ?? '',
        new RegExp(`^report\\.md:\\d+:\\d+ claim-holds ${expected.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
      )
  }
})

test('values should see exports of later cells and of all chapters, stored or fresh', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf('`{ts} late + 1`\n', { chapters: ['a.md', 'b.md'] }),
    'a.md': '`{ts} late + 2`\n',
    'b.md': cell('late', 'export const late = 5'),
  })
  for (const state of ['ran', 'reused']) {
    const { values, states, said } = await buildProject(root)
    assert.deepEqual([states.late, said], [state, []])
    assert.deepEqual(
      values.map((one) => one?.ok && one.text),
      ['6', '7'],
    )
  }
})

test('one value that loops or exits should be an error, and the build go on', async (t) => {
  const { said, results } = await evaluated(t, ['[].constructor.constructor("process.exit(1)")()', 'epochs'])
  assert.equal(results.length, 2)
  assert.ok(said.length >= 1)
  assert.match(said[0]!, /^report\.md:4:1 value-resolves called process\.exit\(1\)/)
})

test('values should change neither each other nor the results', async (t) => {
  const { results } = await evaluated(t, [
    '(binary.train = 5, binary.train)',
    'binary.train',
    '(params.epochs = 1, params.epochs)',
    'params.epochs',
    'binary.history.pop()!.loss',
    'binary.history.length',
  ])
  assert.deepEqual(
    [1, 3, 5].map((index) => results[index]!.ok && (results[index] as { text: string }).text),
    ['1', '20', '2'],
  )
})
