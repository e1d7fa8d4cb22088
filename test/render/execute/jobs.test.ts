import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { bundleJob } from '../../../src/render/bundle/bundle-job.ts'
import { jobLabel } from '../../../src/render/execute/job-runner.ts'
import type { StoredResult } from '../../../src/render/model/types.ts'
import { buildProject } from './build-project.ts'
import type { Files } from './temporary-project.ts'
import { cell, reportOf, temporaryProject, writeFiles } from './temporary-project.ts'

/** A module with one experiment: its schema and the body of its run. */
function experiment(name: string, schema: string, body: string): string {
  return `import { defineExperiment } from 'weft/experiment'
import { z } from 'zod'
export const ${name} = defineExperiment({
  name: '${name}',
  params: z.strictObject(${schema}),
  async run(params, { seed, engine, signal, progress, measure }) { ${body} },
})
`
}

const imports = "import { overSeeds, run, sweep } from 'weft/experiment'"
const use = (name: string) => `import { ${name} } from './${name}.ts'`

const square: Files = {
  'square.ts': experiment(
    'square',
    '{ x: z.number(), power: z.number().default(2) }',
    "progress({ epoch: 1, epochs: 2, loss: 0.5 }); progress({ epoch: 2, epochs: 2 }); measure('time', 0.25 * seed); measure('trace', [1, 2]); return { value: params.x ** params.power + seed, engine: engine.name, name: 'square' }",
  ),
}

test('run, sweep and overSeeds should give the results of jobs', async (t) => {
  const root = temporaryProject(t, {
    ...square,
    'report.md': reportOf(
      cell(
        'a',
        imports,
        use('square'),
        'export const one = await run(square, { x: 3 })',
        'export const seeded = await run(square, { x: 3 }, { seed: 5 })',
        'export const many = await sweep(square, [{ x: 1 }, { x: 2, power: 3 }])',
        'export const { params: p, result: over, measured } = await overSeeds(square, { x: 2 }, [1, 2, 3])',
      ),
    ),
  })
  const { said, exports, events } = await buildProject(root)
  assert.deepEqual(said, [])
  assert.deepEqual(exports.one, {
    params: { x: 3, power: 2 },
    result: { value: 10, engine: 'none', name: 'square' },
    measured: { time: 0.25, trace: [1, 2] },
  })
  assert.equal((exports.seeded as unknown as { result: { value: number } }).result.value, 14)
  assert.deepEqual(
    (exports.many as unknown as { params: object; result: { value: number } }[]).map((job) => [
      job.params,
      job.result.value,
    ]),
    [
      [{ x: 1, power: 2 }, 2],
      [{ x: 2, power: 3 }, 9],
    ],
  )
  assert.deepEqual(exports.p, { x: 2, power: 2 })
  assert.deepEqual(exports.over, {
    value: { mean: 6, std: 1, n: 3, min: 5, max: 7 },
    engine: 'none',
    name: 'square',
  })
  assert.deepEqual((exports.measured as { time: object }).time, {
    mean: 0.5,
    std: 0.25,
    n: 3,
    min: 0.25,
    max: 0.75,
  })
  assert.ok(events.includes('progress square seed 5 1/2 0.5'))
  assert.ok(events.includes('progress square seed 5 2/2 undefined'))
})

test('a job asked for twice should run once, in one cell and in several, and not again in the next build', async (t) => {
  const ask = 'export const NAME = (await run(square, PARAMS)).result.value'
  const asking = (label: string, params: string) =>
    cell(label, imports, use('square'), ask.replace('NAME', label).replace('PARAMS', params))
  const body =
    asking('a', '{ x: 1 }') +
    asking('b', '{ power: 2, x: 1 }') +
    cell(
      'c',
      imports,
      use('square'),
      'export const c = await Promise.all([run(square, { x: 1 }), run(square, { x: 1 }, { seed: 1 })])',
    )
  const root = temporaryProject(t, { ...square, 'report.md': reportOf(body) })
  const first = await buildProject(root)
  assert.deepEqual(first.said, [])
  assert.deepEqual(
    first.events.filter((event) => event.startsWith('job ')),
    ['job square seed 1'],
  )
  const again = await buildProject(root)
  assert.deepEqual(new Set(Object.values(again.states)), new Set(['reused']))
  const grown = temporaryProject(t, { ...square, 'report.md': reportOf(`${body}${asking('d', '{ x: 1 }')}`) })
  // Results of another folder, taken over.
  cpSync(join(root, 'dist'), join(grown, 'dist'), { recursive: true })
  const third = await buildProject(grown)
  assert.deepEqual(third.states, { a: 'reused', b: 'reused', c: 'reused', d: 'ran' })
  assert.deepEqual(
    third.events.filter((event) => event.includes('job ')),
    ['reused job square seed 1'],
  )
})

test('a job should run again when its experiment, a param or its seed changes, and for no other reason', async (t) => {
  const body = (params: string, before = '') =>
    reportOf(
      before +
        cell('a', imports, use('square'), `export const a = (await run(square, ${params})).result.value`),
    )
  const root = temporaryProject(t, { ...square, 'report.md': body('{ x: 1 }') })
  const jobsOf = async (files: Files) => {
    writeFiles(root, files)
    const { events, said } = await buildProject(root)
    assert.deepEqual(said, [])
    return events.filter((event) => event.startsWith('job ')).length
  }
  const source = square['square.ts'] as string
  assert.equal(await jobsOf({}), 1)
  assert.equal(await jobsOf({ 'report.md': body('{ x: 2 - 1, power: 1 + 1 }', '\nMoved.\n') }), 0)
  assert.equal(await jobsOf({ 'square.ts': `// why\n${source}\nfunction unused() {}\n` }), 0)
  assert.equal(await jobsOf({ 'report.md': body('{ x: 2 }') }), 1)
  assert.equal(await jobsOf({ 'report.md': body('{ x: 2 }, { seed: 2 }') }), 1)
  assert.equal(await jobsOf({ 'square.ts': source.replace('+ seed', '- seed') }), 1)
})

const failing: [string, string, RegExp][] = [
  [
    'throws',
    "throw new Error('no luck')",
    /^cell-runs Cannot run `#c0`, job bad seed 1: no luck\n {4}at .*bad0\.ts:6:\d+\)\n {4}at report\.md:8:25$/,
  ],
  ['throws what is no Error', "throw 'text'", /^cell-runs .*job bad seed 1: threw "text", expected an Error/],
  [
    'rejects later',
    'await null; throw new RangeError("far")',
    /^cell-runs .*job bad seed 1: RangeError: far/,
  ],
  [
    'leaves a rejection',
    "Promise.reject(new Error('left')); await new Promise((r) => setTimeout(r, 20)); return 1",
    /^cell-runs .*job bad seed 1: left/,
  ],
  [
    'throws the words of what is no JSON',
    "throw new Error('bad seed 1.result: expected JSON, found undefined')",
    /^cell-runs .*job bad seed 1: bad seed 1\.result: expected JSON/,
  ],
  [
    'throws what looks like frames',
    "throw new Error('one\\n    at two (bad0.ts:1:1)')",
    /^cell-runs .*job bad seed 1: one\n {8}at two \(bad0\.ts:1:1\)\n {4}at .*bad2?\d*\.ts:6:\d+\)\n {4}at report\.md:\d+:25$/,
  ],
  [
    'exits',
    'process.exit(3)',
    /^cell-runs .*job bad seed 1: called process\.exit\(3\), expected it to end by itself/,
  ],
  [
    'never settles',
    'await new Promise(() => {})',
    /^cell-runs .*job bad seed 1: waits for something that never happens/,
  ],
  [
    'gives NaN',
    'return { loss: [1, NaN] }',
    /^result-is-json .*job bad seed 1: bad seed 1\.result\.loss\[1\]: NaN/,
  ],
  [
    'gives nothing',
    'return undefined',
    /^result-is-json .*bad seed 1\.result: expected JSON, found undefined/,
  ],
  ['measures NaN', "measure('time', NaN); return 1", /^result-is-json .*bad seed 1\.measured\.time: NaN/],
  [
    'kills its process',
    "process.kill(process.pid, 'SIGKILL'); await new Promise((r) => setTimeout(r, 1000))",
    /^cell-runs .*job bad seed 1: killed its process, which was killed by SIGKILL/,
  ],
  [
    'exhausts its heap',
    'const all = []; for (;;) all.push(new Array(1000).fill(0).map((_, i) => ({ i })))',
    /^cell-runs .*job bad seed 1: ran out of memory/,
  ],
  [
    'asks for a job',
    "return (await globalThis[Symbol.for('weft.host')].job({ module: './bad0.ts', name: 'bad', params: {}, seed: 2 }))",
    /^cell-runs .*Cannot run a job inside a job/,
  ],
]

test('a job that fails should fail the cells that ask for it, at their call, and no other', async (t) => {
  const bad = failing.map(([, body], index) => [`bad${index}.ts`, experiment('bad', '{}', body)])
  const cells = failing.map(([what], index) =>
    cell(
      `c${index}`,
      imports,
      `import { bad } from './bad${index}.ts'`,
      `export const c${index} = await run(bad, {}) // ${what}`,
    ),
  )
  const last = cell(
    'last',
    imports,
    use('square'),
    'export const last = (await run(square, { x: 2 })).result.value',
  )
  const root = temporaryProject(t, {
    ...square,
    ...Object.fromEntries(bad),
    'report.md': reportOf(cells.join('') + last),
  })
  const { said, states, exports } = await buildProject(root, { heapMb: 48 })
  assert.deepEqual(states, {
    ...Object.fromEntries(failing.map((_, index) => [`c${index}`, 'failed'])),
    last: 'ran',
  })
  assert.deepEqual(exports, { last: 5 })
  assert.equal(said.length, failing.length)
  for (const [index, [what, , message]] of failing.entries()) {
    const [, place, rest] = /^report\.md:(\d+:\d+) ([\s\S]*)$/.exec(said[index]!)!
    assert.match(rest!, message, what)
    assert.equal(place, `${8 + 6 * index}:${24 + String(index).length}`, `${what}\n${said[index]}`)
  }
})

test('a job that failed should not be kept, nor harm the jobs after it', async (t) => {
  const root = temporaryProject(t, {
    'bad.ts': experiment(
      'bad',
      '{ x: z.number() }',
      "if (params.x === 1) throw new Error('one'); return params.x",
    ),
    'report.md': reportOf(
      cell(
        'a',
        imports,
        use('bad'),
        'export const a = (await Promise.allSettled([1, 2, 3].map((x) => run(bad, { x })))).map((one) => one.status)',
      ),
    ),
  })
  const { said, exports } = await buildProject(root)
  assert.deepEqual(said, [])
  assert.deepEqual(exports.a, ['rejected', 'fulfilled', 'fulfilled'])
  const again = await buildProject(root)
  assert.deepEqual(again.states, { a: 'reused' })
})

// What is asked for, and the message at the cell's call.
const calls: [string, RegExp][] = [
  ['run(square, { x: 1, y: 2 })', /Cannot run experiment `square`, unexpected params: .*y/],
  [
    'run(square, {})',
    /Cannot run experiment `square`, unexpected params: params\.x: .*expected number, received undefined/,
  ],
  ['run(square, { x: NaN })', /Cannot run experiment `square`, unexpected params: params\.x: .*NaN/],
  ['run(loose, { any: new Date(0) })', /params\.any: expected JSON, found/],
  ['run(loose, { any: [1, () => 1] })', /params\.any\[1\]: expected JSON, found a function/],
  ['run(loose, { any: new Map() })', /params\.any: expected JSON, found/],
  ['run(loose, { any: NaN })', /params\.any: NaN/],
  ['run(square, { x: 1 }, { seed: NaN })', /seed: NaN/],
  ['overSeeds(square, { x: 1 }, [])', /Unexpected seeds \[\], expected one or more different ones/],
  ['overSeeds(square, { x: 1 }, [1, 1])', /Unexpected seeds \[1, 1\]/],
]

test('a call of a job that cannot be should be an error at its place in the cell', async (t) => {
  const root = temporaryProject(t, {
    ...square,
    'loose.ts': experiment('loose', '{ any: z.any() }', 'return 1'),
    'report.md': reportOf(
      calls
        .map(([call], index) =>
          cell(`c${index}`, imports, use('square'), use('loose'), `export const c${index} = await ${call}`),
        )
        .join(''),
    ),
  })
  const { said, states } = await buildProject(root)
  assert.deepEqual(new Set(Object.values(states)), new Set(['failed']), JSON.stringify(states))
  for (const [index, [call, message]] of calls.entries()) {
    const [, line, rest] = /^report\.md:(\d+):\d+ (?:cell-runs|result-is-json) ([\s\S]*)$/.exec(said[index]!)!
    assert.equal(Number(line), 9 + index * 7, `${call}\n${said[index]}`)
    assert.match(rest!, message, call)
  }
})

test('an absent param and an undefined one should be one job', async (t) => {
  const root = temporaryProject(t, {
    'opt.ts': experiment('opt', '{ x: z.number().optional() }', 'return Object.keys(params).length'),
    'report.md': reportOf(
      cell(
        'a',
        imports,
        use('opt'),
        'export const a = [await run(opt, {}), await run(opt, { x: undefined })].map((job) => job.result)',
      ),
    ),
  })
  const { said, exports, events, damaged } = await buildProject(root)
  assert.deepEqual([said, exports.a], [[], [0, 0]])
  assert.equal(events.filter((event) => event.startsWith('job ')).length, 1)
  const again = await buildProject(root)
  assert.deepEqual([again.states, again.damaged, damaged], [{ a: 'reused' }, [], []])
})

test('the result of a job should be one from the store or fresh: -0, absent members, order of members', async (t) => {
  const files = {
    'odd.ts': experiment(
      'odd',
      '{}',
      "measure('m', -0); return { b: -0, a: undefined, z: [1], __proto__: null }",
    ),
    'report.md': reportOf(
      cell(
        'a',
        imports,
        use('odd'),
        'const { result, measured } = await run(odd, {})',
        'export const a = [Object.keys(result), Object.is(result.b, 0), Object.is(measured.m, 0)]',
      ),
    ),
  }
  const root = temporaryProject(t, files)
  const fresh = await buildProject(root)
  assert.deepEqual([fresh.said, fresh.exports.a], [[], [['b', 'z'], true, true]])
  const changed = temporaryProject(t, {
    ...files,
    'report.md': files['report.md'].replace('[Object.keys(result)', '[[...Object.keys(result)]'),
  })
  cpSync(join(root, 'dist'), join(changed, 'dist'), { recursive: true })
  const stored = await buildProject(changed)
  assert.deepEqual([stored.states, stored.damaged, stored.exports.a], [{ a: 'ran' }, [], fresh.exports.a])
})

test('the clock of a cell should stand still while it waits for a job', async (t) => {
  const slow = experiment(
    'slow',
    '{ ms: z.number() }',
    'await new Promise((r) => setTimeout(r, params.ms)); return params.ms',
  )
  const root = temporaryProject(t, {
    'slow.ts': slow,
    'report.md': reportOf(
      cell(
        'a timeout=1s',
        imports,
        use('slow'),
        'export const a = (await sweep(slow, [{ ms: 700 }, { ms: 701 }])).map((job) => job.result)',
      ) +
        cell(
          'b timeout=1s',
          imports,
          use('slow'),
          'await run(slow, { ms: 702 })',
          'for (const from = Date.now(); Date.now() - from < 3000; );',
          'export const b = 1',
        ),
    ),
  })
  const { states, exports, said } = await buildProject(root)
  assert.deepEqual(states, { a: 'ran', b: 'failed' })
  assert.deepEqual(exports.a, [700, 701])
  assert.match(said[0]!, /^report\.md:11:1 cell-runs Cannot run `#b`, took longer than 1 s/)
})

test('a late error of a job that is done should not fail the next one', async (t) => {
  const root = temporaryProject(t, {
    'late.ts': experiment('late', '{}', "setTimeout(() => { throw new Error('late') }, 50); return 1"),
    'slow.ts': experiment('slow', '{}', 'await new Promise((r) => setTimeout(r, 200)); return 2'),
    'report.md': reportOf(
      cell(
        'a',
        imports,
        use('late'),
        use('slow'),
        'export const a = [(await run(late, {})).result, (await run(slow, {})).result]',
      ),
    ),
  })
  const { said, exports } = await buildProject(root)
  assert.deepEqual([said, exports.a], [[], [1, 2]])
})

test('an experiment should keep its address however it is imported', async (t) => {
  const root = temporaryProject(t, {
    'src/experiments/part-a/square.ts': square['square.ts']!,
    'src/experiments/all.ts':
      "export * from './part-a/square.ts'\nexport { square as other } from './part-a/square.ts'\n",
    'report.md': reportOf('', { chapters: ['deep/a.md'] }),
    'deep/a.md':
      cell(
        'a',
        imports,
        "import { square } from '#experiments/part-a/square'",
        'export const a = (await run(square, { x: 1 })).result.value',
      ) +
      cell(
        'b',
        imports,
        "import { square } from '../src/experiments/part-a/square.ts'",
        'export const b = (await run(square, { x: 1 })).result.value',
      ) +
      cell(
        'c',
        imports,
        "import { other } from '#experiments/all'",
        'export const c = (await run(other, { x: 1 })).result.value',
      ) +
      cell(
        'd',
        imports,
        "import * as all from '../src/experiments/all.ts'",
        'export const d = (await run(all.square, { x: 1 })).result.value',
      ),
  })
  const { said, exports, events } = await buildProject(root)
  assert.deepEqual(said, [])
  assert.deepEqual(exports, { a: 2, b: 2, c: 2, d: 2 })
  assert.deepEqual(
    events.filter((event) => event.includes('job ')),
    ['job square seed 1', 'ran job square seed 1'],
  )
  const stored = readdirSync(join(root, 'dist/.cache/freeze')).map(
    (name) => JSON.parse(readFileSync(join(root, 'dist/.cache/freeze', name), 'utf8')) as StoredResult,
  )
  const jobs = stored.flatMap(({ provenance }) => provenance.job ?? [])
  assert.deepEqual(jobs, [
    { module: './src/experiments/part-a/square.ts', name: 'square', params: { x: 1, power: 2 }, seed: 1 },
  ])
  const [job] = stored.filter(({ provenance }) => provenance.job)
  assert.equal(job!.provenance.engine, 'none 1')
  for (const { provenance } of stored) if (!provenance.job) assert.deepEqual(provenance.jobs, [job!.key])
})

const addresses: [string, Files, string, RegExp][] = [
  [
    'two of one name in a module',
    {
      'two.ts': `${square['square.ts']}export const copy = defineExperiment({ name: 'square', params: z.any(), run: () => 1 })\n`,
    },
    "import { square } from './two.ts'\nexport const a = await run(square, { x: 1 })",
    /Unexpected second experiment `square` in \.\/two\.ts, expected one/,
  ],
  [
    'a name that is not its export',
    { 'other.ts': (square['square.ts'] as string).replace("name: 'square'", "name: 'cube'") },
    "import { square } from './other.ts'\nexport const a = await run(square, { x: 1 })",
    /Cannot bundle the experiment `cube` of \.\/other\.ts: .*No matching export/,
  ],
  [
    'a name that is no name',
    { 'other.ts': (square['square.ts'] as string).replace("name: 'square'", "name: 'a-b'") },
    "import { square } from './other.ts'\nexport const a = await run(square, { x: 1 })",
    /Cannot bundle the experiment `a-b` of \.\/other\.ts/,
  ],
  [
    'one in the cell itself',
    {},
    "import { defineExperiment } from 'weft/experiment'\nconst e = defineExperiment({ name: 'e', params: { parse: () => ({}) }, run: () => 1 })\nexport const a = await run(e, {})",
    /Cannot run experiment `e`, expected it in a module of the project, found it in the cell itself/,
  ],
]

test('an experiment without an address should be an error at the cell', async (t) => {
  for (const [what, files, source, message] of addresses) {
    const root = temporaryProject(t, { ...files, 'report.md': reportOf(cell('a', imports, source)) })
    const { said, states } = await buildProject(root)
    assert.deepEqual(states, { a: 'failed' }, what)
    assert.match(said[0]!, /^report\.md:\d+:\d+ cell-runs /)
    assert.match(said[0]!, message, what)
  }
})

test('the bundle of a job should be the experiment, without the contract’s engine', async (t) => {
  const root = temporaryProject(t, square)
  const { code, needs, params } = await bundleJob(root, { module: './square.ts', name: 'square' })
  assert.deepEqual([needs, params], [[], []])
  assert.doesNotMatch(code, /weft\/engine|weft\.host/)
  assert.match(code, /params\.x\*\*params\.power/)
  const request = { module: './x.ts', name: 'binary', params: { rate: 0.1, size: null }, seed: 3 }
  assert.equal(jobLabel(request), 'binary seed 3')
  assert.equal(jobLabel(request, { rate: 0.1, size: 16 }), 'binary seed 3, size null')
})

test('seeds that disagree in more than numbers should be an error that names the path', async (t) => {
  const root = temporaryProject(t, {
    'odd.ts': experiment('odd', '{}', "return { list: [{ word: seed === 1 ? 'a' : 'b' }] }"),
    'report.md': reportOf(
      cell('a', imports, use('odd'), 'export const a = await overSeeds(odd, {}, [1, 2])'),
    ),
  })
  const { said } = await buildProject(root)
  assert.match(said[0]!, /^report\.md:8:\d+ cell-runs .*odd\.result\.list\[0\]\.word.*found "a", "b"/)
})

test('a job that loops should stop at the signal, and the jobs before it be kept', async (t) => {
  const stop = new AbortController()
  const root = temporaryProject(t, {
    'loop.ts': experiment(
      'loop',
      '{ x: z.number() }',
      "console.log('in'); if (params.x === 2) for (;;); return params.x",
    ),
    'report.md': reportOf(
      cell('a', imports, use('loop'), 'export const a = await sweep(loop, [{ x: 1 }, { x: 2 }, { x: 3 }])'),
    ),
  })
  const logs: string[] = []
  const { states, cells } = await buildProject(root, {
    signal: stop.signal,
    tell: (event) => {
      if (event.startsWith('log loop') && logs.push(event) === 2) stop.abort()
    },
  })
  assert.deepEqual(states, { a: 'failed' })
  assert.equal((cells.get('a') as { failure: { kind: string } }).failure.kind, 'aborted')
  assert.equal(readdirSync(join(root, 'dist/.cache/freeze')).length, 1)
})
