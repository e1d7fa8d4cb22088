import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import test from 'node:test'
import { askProgram } from '../../../src/cli/doctor/ask-program.ts'
import { browserFindings, findPrinter } from '../../../src/cli/doctor/browser.ts'
import { readBrowserFacts } from '../../../src/cli/doctor/browser-facts.ts'
import { findData } from '../../../src/cli/doctor/data-sets.ts'
import { engineFindings, findEngines } from '../../../src/cli/doctor/engine-findings.ts'
import type { ProbedEngine } from '../../../src/cli/doctor/engines.ts'
import { type Finding, sizeOf } from '../../../src/cli/doctor/finding.ts'
import { findCache, findOutput, findTemporary } from '../../../src/cli/doctor/folders.ts'
import { findFonts } from '../../../src/cli/doctor/fonts.ts'
import { findBundler, findNode, findNpm } from '../../../src/cli/doctor/machine.ts'
import { type Ask, findPrograms } from '../../../src/cli/doctor/programs.ts'
import { installBrowser, installVulkan } from '../../../src/cli/doctor/remedies.ts'
import { reportFindings } from '../../../src/cli/doctor/report.ts'
import { readReportFacts } from '../../../src/cli/doctor/report-facts.ts'
import { canBuild, writeFindings, writeJson } from '../../../src/cli/doctor/write-findings.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { cell, reportOf, temporaryProject, values } from '../../render/execute/temporary-project.ts'

const here = { root: '.', env: {} }
const brief = ({ id, state, remedy }: Finding) => [id, state, remedy]

test('findNode should refuse a Node that is too old, part by part', () => {
  const states = ['v18.20.4', 'v20.9.1', 'v20.16.0', 'v24.0.0'].map(
    (version) => findNode({ version, platform: 'linux', arch: 'x64' }).state,
  )
  assert.deepEqual(states, ['fault', 'fault', 'ok', 'ok'])
})

test('findNpm should say that npm is not in PATH, and findBundler that esbuild runs', async (t) => {
  const folder = temporaryProject(t, {})
  const { state, text } = await findNpm({ PATH: folder })
  assert.equal(
    `${state} ${text}`,
    "lacks `npm` is not in PATH: builds do without it, `weft add` and npm's scripts do not",
  )
  assert.deepEqual(brief(await findBundler(folder)), ['bundler', 'ok', undefined])
})

test('askProgram should give the answer of a program, its fault, or say that it was too slow', async () => {
  const node = (code: string, timeoutMs?: number) => askProgram(process.execPath, ['-e', code], { timeoutMs })
  assert.deepEqual(await node('console.log(" yes ")'), { text: 'yes' })
  assert.match((await node('throw new Error("broken")')).reason!, /-e` fails: /)
  const late = await node('setInterval(() => {}, 9)', 300)
  assert.match(late.reason!, /did not answer within 0\.3 s$/)
  // It may be there, and right.
  const found = [await findNpm({}, async () => late), ...(await findPrograms(here, async () => late))]
  assert.deepEqual(found.map(brief), [
    ['npm', 'lacks', undefined],
    ['git', 'lacks', undefined],
    ['python', 'lacks', undefined],
    ['deno', 'lacks', undefined],
    ['slurm', 'lacks', undefined],
  ])
})

test('findPrinter should blame no browser for a full disk', async () => {
  const full: Finding = { id: 'temporary', state: 'fault', text: '/tmp, no room is left, 0 bytes free' }
  const found = await findPrinter('.', { platform: 'linux', env: {}, isRoot: false }, async () => full)
  assert.deepEqual(found, [
    { id: 'browser', state: 'fault', text: 'not tried: no temporary folder can be used' },
  ])
})

test('browserFindings', async (t) => {
  const root = temporaryProject(t, { 'package-lock.json': '{}' })
  const mac = { root, system: { platform: 'darwin', env: {}, isRoot: false } }

  await t.test('should name each browser that does not print, and what mends it', async () => {
    const machine = { platform: 'darwin' as const, arch: 'arm64', env: { CHROME_PATH: '/no/chrome' } }
    const value = await readBrowserFacts({ scratch: root }, { machine, installed: [] })
    const found = browserFindings({ ok: true, value }, mac)
    assert.deepEqual(found.map(brief), [
      ['browser/CHROME_PATH', 'lacks', 'unset CHROME_PATH'],
      ['browser/bundled', 'lacks', undefined],
      ['browser', 'fault', 'brew install --cask google-chrome'],
    ])
    assert.match(found[0]!.text, /^\/no\/chrome does not print: there is no such file$/)
    assert.match(found[1]!.text, /it is for linux-x64, this is darwin-arm64$/)
  })

  await t.test('should install the packages again if the bundled one is not there', () => {
    const skipped = [
      { origin: 'bundled', reason: "Cannot find module '@sparticuz/chromium'\nRequire stack:" },
    ]
    const used = { origin: 'installed', executable: '/usr/bin/chromium', version: 'HeadlessChrome/140.0' }
    const found = browserFindings({ ok: true, value: { skipped, used, isPacked: false } }, mac)
    assert.deepEqual(found.map(brief), [
      ['browser/bundled', 'lacks', 'npm ci'],
      ['browser', 'ok', undefined],
    ])
    assert.equal(found[1]!.text, 'Chrome 140.0, installed, prints text; /usr/bin/chromium')
  })

  await t.test('should say that the probe ended', () => {
    const [found] = browserFindings({ ok: false, reason: 'its process ended with SIGSEGV' }, mac)
    assert.equal(found!.text, 'none prints: its process ended with SIGSEGV')
  })
})

test('installBrowser should name the installer of the system', (t) => {
  const folder = temporaryProject(t, { dnf: '' })
  const vulkan = installVulkan({ platform: 'linux', env: { PATH: folder }, isRoot: true })
  assert.match(vulkan, /^(apt-get install libvulkan1|dnf install vulkan-loader)$/)
  const on = (platform: string, PATH: string, isRoot = false) =>
    installBrowser({ platform, env: { PATH }, isRoot })
  assert.equal(on('win32', ''), 'winget install Google.Chrome')
  assert.match(on('linux', folder), /^sudo (apt-get|dnf) install chromium$/)
  assert.match(on('linux', folder, true), /^(apt-get|dnf) install chromium$/)
})

test('findEngines should say that engines cannot be listed, and not end the doctor', async () => {
  const found = await findEngines('.', {}, async () => {
    const code = 'ERR_MODULE_NOT_FOUND'
    throw Object.assign(new Error("Cannot find package 'gone' imported from lib/engine.js"), { code })
  })
  assert.deepEqual(found.map(brief), [['engine', 'lacks', 'npm ci']])
  assert.match(found[0]!.text, /^engines cannot be listed: Cannot find the package `gone`, expected/)
})

test('engineFindings', async (t) => {
  const entry = (name: string, isAutomatic: boolean) =>
    ({ name, needs: `${name}-node`, install: `npx weft add ${name}`, isAutomatic }) as ProbedEngine['entry']
  const root = temporaryProject(t, { 'yarn.lock': '' })
  const system = { platform: 'linux', env: { PATH: temporaryProject(t, { apk: '' }) }, isRoot: false }
  const failed = (reason: string, more: object = {}): ProbedEngine => ({
    entry: entry('onnx', true),
    probed: { ok: false, reason: `Cannot open the engine \`onnx\`, ${reason}`, ...more },
  })
  const remedies: readonly (readonly [ProbedEngine, string | undefined])[] = [
    [failed('expected onnx-node to be installed', { code: 'ERR_MODULE_NOT_FOUND' }), 'npx weft add onnx'],
    [failed('invalid ELF header', { code: 'ERR_DLOPEN_FAILED' }), 'rm -r node_modules && yarn install'],
    [failed('its process ended with SIGBUS', { isLost: true }), 'rm -r node_modules && yarn install'],
    [failed("Cannot find module './a'", { code: 'MODULE_NOT_FOUND' }), 'rm -r node_modules && yarn install'],
    [failed('No supported adapters; it needs a graphics processor and its Vulkan driver'), undefined],
    [failed('no libvulkan.so.1 (Debian: apt-get install libvulkan1)'), installVulkan(system)],
    [
      failed("version `GLIBC_2.34' not found"),
      'set WEFT_ENGINE=tfjs, or use a system with the C library that it names',
    ],
    [
      { entry: entry('onnx', true), probed: { ok: false, reason: 'no answer within 20 s', isLost: true } },
      undefined,
    ],
  ]
  const { probed } = failed('its process ended with SIGBUS', { isLost: true })
  const own: ProbedEngine = { entry: { ...entry('onnx', false), install: 'npx weft engine install' }, probed }
  const reason = 'Unexpected WEFT_THREADS=two, expected a whole number above 0'
  const wrong: ProbedEngine = { entry: entry('onnx', true), probed: { ok: false, reason } }
  const all = [...remedies, [own, 'npx weft engine install'], [wrong, 'unset WEFT_THREADS']] as const
  for (const [engine, remedy] of all)
    await t.test(`should mend ${engine.probed.ok ? '' : engine.probed.reason}`, () => {
      const [found] = engineFindings([engine], { root, env: {}, system })
      assert.deepEqual(brief(found!), ['engine/onnx', 'lacks', remedy])
    })

  await t.test('should say which engine builds take', () => {
    const value = { name: 'tfjs-wasm', version: '4', device: 'the processor' }
    const tfjs: ProbedEngine = { entry: entry('tfjs', true), probed: { ok: true, value } }
    const both = [failed('x'), tfjs]
    const texts = (env: NodeJS.ProcessEnv) => engineFindings(both, { root, env }).map(({ text }) => text)
    assert.deepEqual(texts({}), [
      'does not train: x',
      'tfjs-wasm 4 trains on the processor; the one that builds take',
    ])
    assert.deepEqual(texts({ WEFT_ENGINE: 'onnx' }), [
      'does not train, though named by WEFT_ENGINE: x',
      'tfjs-wasm 4 trains on the processor',
    ])
    assert.deepEqual(engineFindings([tfjs], { root, env: { WEFT_ENGINE: 'torch' } }).map(brief), [
      ['engine/tfjs', 'ok', undefined],
      ['engine/torch', 'lacks', 'unset WEFT_ENGINE'],
    ])
  })
})

test('folders', async (t) => {
  const folder = temporaryProject(t, { file: '' })
  const at = (name: string) => join(folder, name)

  await t.test('should say whether something can be written there, and write nothing', async () => {
    assert.equal((await findTemporary(folder)).state, 'ok')
    assert.match((await findTemporary(at('none'))).text, /there is no such folder/)
    const paths = (name: string) => pathsOf(at('report.md'), at(name))
    assert.equal((await findOutput(paths('new/dist'))).state, 'ok')
    assert.deepEqual(brief(await findOutput(paths('file/dist'))), [
      'output',
      'fault',
      'npx weft build --out FOLDER',
    ])
  })

  await t.test(
    'should take the first cache folder that can be written, and say why not one before it',
    async () => {
      const { state, text } = await findCache([at('file/cache'), at('cache')])
      assert.equal(state, 'lacks')
      assert.match(text, /cache, not there yet, can be written, .* free, in place of .*file is no folder$/)
      assert.equal((await findCache([at('file/cache')])).state, 'fault')
      assert.equal((await findCache([folder])).state, 'ok')
    },
  )
})

test('findFonts should list the scripts without glyphs, with the package of each', (t) => {
  const root = temporaryProject(t, {})
  const found = findFonts(root, (font) => font === 'noto-sans-jp')
  assert.match(found[0]!.text, /Vietnamese letters, Japanese \(noto-sans-jp\)$/)
  assert.match(found[1]!.text, /^no glyphs for Arabic \(noto-naskh-arabic\), Hebrew .*, Korean .*Devanagari/)
  assert.equal(found[1]!.remedy, 'npm install @fontsource/noto-naskh-arabic')
  assert.equal(findFonts(root, () => true).length, 1)
})

test('findData', async (t) => {
  const bytes = Buffer.from('rows')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const pin = JSON.stringify({ file: 'data.h5', bytes: 4, sha256 })
  const folder = temporaryProject(t, {
    'notmnist-h5.json': pin,
    'none/notmnist-h5.json': 'null',
    'data/data.h5': bytes,
    'data/notmnist/notmnist-small-labels-idx1-ubyte.gz': 'wrong',
    'wrong/data.h5': 'sowr',
  })
  const at = (name: string) => join(folder, name)
  const look = (words: string[] | undefined, { data = 'data', report = '.' } = {}) =>
    findData(
      { words, folder: at(report) },
      { env: { WEFT_DATA: at(data), HOME: at('home') }, platform: 'linux' },
    )

  await t.test(
    'should find the files of the sets that the params name, and compare their digests',
    async () => {
      const [found] = await look(['notmnist-h5', 'other'])
      assert.equal(found!.text, `1 file in ${at('data')}, digests right`)
      const [wrong] = await look(['notmnist-h5'], { data: 'wrong' })
      assert.match(wrong!.text, /^Cannot use `.*data\.h5`, expected the SHA-256 \w{64}, found \w{64}/)
      assert.deepEqual(await look(['none']), [])
    },
  )

  await t.test('should name what is missing, and how to get it', async () => {
    const [garments, letters] = await look(undefined)
    assert.match(garments!.text, /^not found in WEFT_DATA=.*data or .*fashion-mnist \(31 MB\)/)
    assert.match(garments!.remedy!, /^the first job that needs it downloads it/)
    assert.match(
      letters!.text,
      /^notmnist-small-images-idx3-ubyte\.gz, notmnist-small-names\.tsv\.gz not found/,
    )
    assert.equal(letters!.remedy, 'put its files into FOLDER/notmnist, and set WEFT_DATA=FOLDER')
  })

  await t.test('should say that a report holds no digest of its data.h5', async () => {
    const [found] = await look(['notmnist-h5'], { report: 'none' })
    assert.deepEqual(brief(found!), ['data/notmnist-h5', 'lacks', 'npx weft data pin FILE'])
  })
})

test('findPrograms', async (t) => {
  const ask =
    (answers: { readonly [program: string]: string }): Ask =>
    async (program) =>
      program in answers ? { text: answers[program]! } : { reason: `\`${program}\` is not in PATH` }
  const find = (answers: { readonly [program: string]: string }) => findPrograms(here, ask(answers))

  await t.test('should give the versions of those that are there', async () => {
    const found = await find({
      git: 'git version 2.39.5',
      python3: '3.11.7',
      deno: 'deno 2.9.6 (stable)\nv8 1',
      sinfo: '2 idle\n1 down',
      sbatch: 'slurm 22',
    })
    assert.deepEqual(
      found.map(({ text }) => text),
      [
        '2.39.5',
        '3.11.7, with nbclient and nbformat',
        '2.9.6 (stable)',
        '2 idle\n1 down: 2 idle, 1 down (`--executor slurm` runs jobs there)',
      ],
    )
  })

  await t.test('should say what those are for that are missing, and what Python lacks', async () => {
    const found = await find({ python3: '3.11.7 nbclient nbformat' })
    assert.deepEqual(
      found.map(({ state }) => state),
      Array(4).fill('lacks'),
    )
    assert.equal(found[1]!.remedy, 'pip install nbclient nbformat')
    assert.equal((await find({}))[1]!.remedy, 'install Python from https://python.org')
  })
})

test('reportFindings', async (t) => {
  const lock = {
    format: 3,
    profiles: {
      full: {
        cells: { a: 'ab12' },
        jobs: {},
        figures: [],
        shown: [],
        tables: {},
        drawings: {},
        environments: [],
        kept: true,
      },
    },
  }
  const folder = temporaryProject(t, {
    'all right/report.md': reportOf(cell('a', 'export const a = 1') + values('a'), {
      params: { quick: { n: 1, data: 'x' } },
    }),
    'all right/report.lock.json': JSON.stringify(lock),
    'wrong/report.md': reportOf('', { chapters: ['none.md'] }),
    'broken/report.md': reportOf(''),
    'broken/report.lock.json': '{',
  })
  const find = (name: string) => {
    const path = join(folder, name, 'report.md')
    return reportFindings('report.md', { ok: true, value: readReportFacts({ path }) })
  }

  await t.test('should say how a report reads, and whether accepted results are missing', () => {
    const [report, locked] = find('all right')
    assert.equal(report!.text, 'report.md reads: 1 cell, 1 value or claim, profiles quick, language en')
    assert.match(locked!.text, /^accepted: full; 1 accepted result not in the folder freeze/)
    assert.match(locked!.remedy!, /^git restore '.*all right\/freeze'$/)
  })

  await t.test('should give the first error with its place, of the lock too', () => {
    assert.match(find('wrong')[0]!.text, /^wrong\/report\.md:\d+:\d+: .*none\.md/)
    const found = find('broken')
    assert.deepEqual(
      found.map(({ state }) => state),
      ['ok', 'fault'],
    )
    assert.match(found[1]!.text, /^Cannot read .*report\.lock\.json/)
    assert.equal(reportFindings('r.md', { ok: false, reason: 'no answer within 20 s' })[0]!.state, 'fault')
  })
})

test('writeFindings', async (t) => {
  const node: Finding = {
    id: 'node',
    state: 'ok',
    text: 'one two three four five six seven',
    facts: { version: '20' },
  }
  const lacking: Finding = { id: 'engine/onnx', state: 'lacks', text: 'no', remedy: 'npm ci' }
  const fault: Finding = { id: 'browser', state: 'fault', text: 'none' }

  await t.test('should break long lines, but no command', () => {
    assert.equal(
      writeFindings([node, lacking], { hasColours: false, columns: 40 }),
      `  ok     node         one two three four five six
                      seven
  lacks  engine/onnx  no
                      -> npm ci

A report can be built and printed here.
One thing is lacking that only some reports need.
`,
    )
  })

  await t.test('should count faults, and write colours if they can be seen', () => {
    const text = writeFindings([fault, lacking, lacking], { hasColours: true })
    assert.ok(text.includes('\u001b[31mFAULT\u001b[39m'), text)
    assert.match(text, /No report can be built and printed here: 1 fault\.\n2 things are lacking/)
  })

  await t.test('should give the same to programs', () => {
    const { canBuild: can, ...rest } = JSON.parse(writeJson([node, fault]))
    assert.deepEqual([can, canBuild([node])], [false, true])
    assert.deepEqual(rest, { format: 1, weft: '0.1.0', findings: [node, fault] })
  })
})

test('sizeOf should write bytes with two figures', () => {
  assert.deepEqual([999, 1_400, 31e6, 1.36e9].map(sizeOf), ['999 bytes', '1.4 kB', '31 MB', '1.4 GB'])
})
