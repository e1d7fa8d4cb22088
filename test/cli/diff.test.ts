import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { zipSync } from 'fflate'
import { type Diff, diffSchema } from '../../src/render/diff/schema.ts'
import { acceptHere, commit, files, git } from '../render/diff/a-history.ts'
import { temporaryProject } from '../render/execute/temporary-project.ts'
import { weftHere } from './weft-here.ts'

type Change = Diff['chapters'][number]['changes'][number]

describe('weft diff', () => {
  let folder = ''
  const cleaning: (() => void)[] = []
  const test = { after: (clean: () => void) => void cleaning.push(clean) }

  before(async () => {
    folder = temporaryProject(test, { ...files, '.gitignore': 'dist\n' })
    git(folder, 'init', '-q')
    commit(folder, 'unaccepted')
    await acceptHere(folder)
    commit(folder, 'v1')
    edit(folder, 'report-src/report.md', ['epochs: 4', 'epochs: 5'], ['After `', 'Trained anew. After `'])
    edit(
      folder,
      'report-src/first.md',
      ['# First {#sec-first}', '# First part {#sec-part}'],
      ['The accuracy is', 'There are `{ts} letters.train` letters. The accuracy is'],
      ['percent(facts.worst)', 'percent(facts.worst, 2)'],
      ["reach ' + percent(facts.worst)", "reach ' + percent(params.epochs / 20)"],
      ["facts.accuracy > 0.52'", "facts.accuracy > 0.51'"],
      ["  { model: 'deep'", "  { model: 'new', score: 1, epochs: 2 },\n  { model: 'deep'"],
      ["  { model: 'wide', score: 0.75, epochs: 3 },\n", ''],
      ['aaaa', 'bbbb'],
    )
    await acceptHere(folder)
    commit(folder, 'v2')
  })
  after(() => {
    for (const clean of cleaning) clean()
  })

  async function diff(...args: string[]): Promise<Diff> {
    const { code, stdout, stderr } = await weftHere(folder, ['diff', ...args, '--json'])
    assert.equal(code, 0, stderr)
    return diffSchema.parse(JSON.parse(stdout))
  }

  it('should find every kind of change between two commits, by ids and not by places', async () => {
    const found = await diff('v1..v2')
    assert.deepEqual(
      [found.before.name, found.after.name, found.before.numbers, found.profile],
      ['v1', 'v2', 'accepted', 'full'],
    )
    const accuracy = oneOf(
      found,
      (change) =>
        'source' in change &&
        change.source.after === 'percent(facts.accuracy)' &&
        change.place.includes('first.md'),
    )
    assert.ok('sentence' in accuracy)
    assert.deepEqual(
      [accuracy.before, accuracy.after, accuracy.verdict, accuracy.rule, accuracy.found],
      ['54.0 %', '55.0 %', 'beyond', 'exact', 'renamed'].map((text) => text.replace(' %', '\u00a0%')),
    )
    assert.deepEqual(accuracy.sentence.after, {
      before: 'The accuracy is ',
      own: '55.0\u00a0%',
      after: ' for all 3 classes of the letters.',
    })
    assert.deepEqual(accuracy.because, ['params.epochs 4 → 5'])
    const worst = oneOf(
      found,
      (change) => 'source' in change && change.source.after === 'percent(facts.worst, 2)',
    )
    assert.ok('found' in worst)
    assert.deepEqual(
      [worst.before, worst.after, worst.found, worst.verdict],
      ['25.0\u00a0%', '25.00\u00a0%', 'rewritten', 'within'],
    )
    const claim = oneOf(found, ({ kind }) => kind === 'claim')
    assert.deepEqual(
      [claim.verdict, 'source' in claim && claim.source.before],
      ['rewritten', 'facts.accuracy > 0.52'],
    )
    assert.equal(found.summary.rewritten, 1)
    const inCaption = oneOf(found, (change) => 'id' in change && change.id.includes('#tbl-scores/'))
    assert.ok('sentence' in inCaption)
    assert.deepEqual(inCaption.sentence.after, { before: 'Scores of ', own: '5', after: ' models.' })
    const added = oneOf(found, ({ verdict }) => verdict === 'added')
    assert.ok('source' in added && added.source.after === 'letters.train' && added.after === '10')
  })

  it('should pass over a value that says the same by another expression', async () => {
    const changes = (await diff('v1..v2')).chapters.flatMap((chapter) => chapter.changes)
    assert.doesNotMatch(JSON.stringify(changes), /Guesses of that class/)
  })

  it('should compare tables by the names of rows and columns', async () => {
    const table = oneOf(await diff('v1..v2'), ({ kind }) => kind === 'table')
    assert.ok('rows' in table)
    assert.deepEqual(
      table.rows.map(({ name, state, before, after }) => [name, state, before, after]),
      [
        ['flat', 'changed', 1, 1],
        ['new', 'added', undefined, 2],
        ['deep', 'changed', 2, 3],
        ['wide', 'removed', 3, undefined],
      ],
    )
    assert.deepEqual(
      table.rows[2]!.cells.map(({ key, before, after }) => [key, before, after]),
      [
        ['score', '0.58', '0.6'],
        ['epochs', '4', '5'],
      ],
    )
    assert.deepEqual(table.rows[0]!.cells, [
      {
        key: 'score',
        before: '0.50',
        after: '0.5',
        verdict: 'within',
        rule: 'the same number, printed in another way',
      },
    ])
    assert.deepEqual(
      table.columns.map(({ title, isNumber }) => [title, isNumber]),
      [
        ['Model', false],
        ['Score', true],
        ['Epochs', true],
      ],
    )
  })

  it('should compare figures, params, data sets, cells and texts', async () => {
    const found = await diff('v1..v2')
    const figure = oneOf(found, ({ kind }) => kind === 'figure')
    assert.ok('data' in figure)
    assert.deepEqual(figure.data, { numbers: 4, changed: 1, beyond: 1, measured: 0 })
    assert.deepEqual(found.params, [{ name: 'epochs', before: '4', after: '5' }])
    assert.deepEqual(
      found.data.map(({ name, after }) => [name, after?.includes('bbbb')]),
      [['letters/a.gz', true]],
    )
    assert.deepEqual(found.cells, { added: [], removed: [], changed: ['letter-set', 'tbl-scores'] })
    assert.deepEqual(
      found.texts.map(({ state, text }) => [state, text.slice(0, 12)]),
      [
        ['changed', 'Trained anew'],
        ['changed', 'First part'],
        ['changed', 'There are # '],
      ],
    )
    const { within, measured, turned, figures } = found.summary
    assert.deepEqual({ within, measured, turned, figures }, { within: 2, measured: 0, turned: 0, figures: 1 })
  })

  it('should find nothing if nothing changed, and compare the work tree without running it', async (t) => {
    assert.deepEqual((await diff()).chapters, [])
    const path = join(folder, 'report-src/first.md')
    const original = readFileSync(path, 'utf8')
    t.after(() => writeFileSync(path, original))
    edit(folder, 'report-src/first.md', ['worst: 0.25', 'worst: 0.35'], ['0.51', '0.99'])
    const results = () => readdirSync(join(folder, 'dist/.cache/freeze')).length
    const before = results()
    const { stdout, code } = await weftHere(folder, ['diff', '--strict'])
    assert.equal(results(), before)
    assert.match(
      stdout,
      /note {7}1 cell changed and was not computed again yet \(#facts\): the accepted numbers/,
    )
    assert.match(stdout, /claim: true → false/)
    assert.match(stdout, /1 claim turned/)
    assert.equal(code, 1, 'a claim turned')
    assert.equal((await weftHere(folder, ['diff'])).code, 0)
  })

  it('should take for measured what alone differs in jobs that ran again', async (t) => {
    const copy = temporaryProject(t, {})
    cpSync(folder, copy, { recursive: true })
    rmSync(join(copy, 'dist'), { recursive: true })
    for (const name of readdirSync(join(copy, 'report-src/freeze')))
      rmSync(join(copy, 'report-src/freeze', name))
    await acceptHere(copy)
    commit(copy, 'again')
    const { stdout } = await weftHere(copy, ['diff', 'v2..again', '--json'])
    const { chapters, summary } = JSON.parse(stdout) as Diff
    const changes = chapters.flatMap((chapter) => chapter.changes)
    assert.deepEqual(
      changes.map(({ verdict, ...change }) => [verdict, 'source' in change && change.source.after]),
      [['measured', 'fixed(walkedTime.seconds, 9)']],
    )
    assert.deepEqual([summary.measured, summary.beyond], [1, 0])
  })

  it('should compare with a zip, a folder, and numbers that were accepted without results', async (t) => {
    const old = temporaryProject(t, {})
    const unpacked = join(old, 'unpacked')
    git(folder, 'worktree', 'add', '-q', '--detach', unpacked, 'v1')
    t.after(() => git(folder, 'worktree', 'remove', '--force', unpacked))
    const zip = join(old, 'old.zip')
    writeFileSync(zip, zipSync(filesBelow(unpacked, 'handed-in/')))
    const [byCommit, byZip, byFolder] = [await diff('v1'), await diff(zip), await diff(unpacked)]
    assert.ok(byCommit.chapters.length > 0)
    assert.deepEqual(byZip.chapters, byCommit.chapters)
    assert.deepEqual(byFolder.chapters, byCommit.chapters)
    rmSync(join(unpacked, 'report-src/freeze'), { recursive: true })
    const alone = await diff(unpacked)
    assert.match(
      alone.notes.join(),
      /accepted results of unpacked cannot be read: its numbers are judged without/,
    )
    assert.equal(alone.summary.compared, byCommit.summary.compared)
  })

  it('should write a page that loads nothing and has both drawings', async () => {
    const { code, stderr } = await weftHere(folder, ['diff', 'v1..v2', '--html', 'changes/page.html'])
    assert.equal(code, 0, stderr)
    const page = readFileSync(join(folder, 'changes/page.html'), 'utf8')
    assert.equal(page.match(/<svg /g)?.length, 2)
    assert.match(page, /<del>54\.0\u00a0%<\/del> <ins>55\.0\u00a0%<\/ins> for all 3 classes/)
    assert.match(page, /default-src 'none'/)
    assert.doesNotMatch(page, /<script|(?:src|href)="https?:/)
    await weftHere(folder, ['diff', 'v1..v2', '--html', 'changes/again.html'])
    assert.equal(readFileSync(join(folder, 'changes/again.html'), 'utf8'), page)
  })

  it('should draw a figure that neither the last build nor the last accept has drawn', async (t) => {
    const copy = temporaryProject(t, {})
    cpSync(folder, copy, { recursive: true })
    rmSync(join(copy, 'dist/figures'), { recursive: true })
    edit(copy, 'figures/fig-steps.vl.json', ['"mark": "point"', '"mark": "bar"'])
    const { code, stderr } = await weftHere(copy, ['diff', 'v1', '--html', 'page.html'])
    assert.equal(code, 0, stderr)
    assert.equal(readFileSync(join(copy, 'page.html'), 'utf8').match(/<svg /g)?.length, 2)
  })

  it('should say what it expected', async (t) => {
    const bare = temporaryProject(t, files)
    const empty = temporaryProject(t, files)
    git(empty, 'init', '-q')
    const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
      [folder, ['v9'], /Cannot find the revision `v9` in .*, expected a commit, a branch or a tag/],
      [folder, ['unaccepted'], /Cannot compare with unaccepted, it has no report-src\/report\.lock\.json/],
      [folder, ['v1', '--profile', 'quick'], /Unexpected profile `quick`/],
      [
        folder,
        ['v1..v2', '--profile', 'quick'],
        /the profile `quick`, v2 has no accepted numbers of it, accepted is full/,
      ],
      [folder, ['v1', 'v2'], /Unexpected v2, expected one version: `weft diff A\.\.B`/],
      [folder, ['missing.zip'], /Cannot find missing\.zip, expected a zip or a folder/],
      [folder, ['v1', '--prove'], /Unexpected --prove with `diff`/],
      [bare, [], /is in no git repository: name a submission zip or a folder/],
      [empty, [], /Cannot find the revision `HEAD`, .* has no commit yet/],
    ]
    for (const [where, args, message] of cases) {
      const { code, stderr, stdout } = await weftHere(where, ['diff', ...args])
      assert.equal(code, 1, stdout)
      assert.match(stderr, message)
    }
    writeFileSync(join(bare, 'no.zip'), 'no zip')
    assert.match((await weftHere(bare, ['diff', 'no.zip'])).stderr, /Cannot read no\.zip, expected a zip/)
    const { stderr } = await weftHere(folder, ['diff'], { PATH: '' })
    assert.match(stderr, /expected `git`, found no such program/)
  })
})

function oneOf({ chapters }: Diff, isWanted: (change: Change) => boolean): Change {
  const found = chapters.flatMap(({ changes }) => changes).filter(isWanted)
  assert.equal(found.length, 1, JSON.stringify(found))
  return found[0]!
}

function edit(folder: string, path: string, ...changes: readonly (readonly [string, string])[]): void {
  let text = readFileSync(join(folder, path), 'utf8')
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), from)
    text = text.replace(from, to)
  }
  writeFileSync(join(folder, path), text)
}

function filesBelow(folder: string, prefix: string): Record<string, Uint8Array> {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const own = all.filter((name) => statSync(join(folder, name)).isFile() && name !== '.git')
  return Object.fromEntries(
    own.map((name) => [`${prefix}${relative('.', name)}`, readFileSync(join(folder, name))]),
  )
}
