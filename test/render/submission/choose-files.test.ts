import assert from 'node:assert/strict'
import test from 'node:test'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { chooseFiles } from '../../../src/render/submission/choose-files.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

type Run = Parameters<typeof chooseFiles>[0]['run']

const empty = { bundles: new Map(), cells: new Map(), jobs: new Map() } as unknown as Run

const front = (members = '') => `---\ntitle: Rain\nbibliography: books.bib\n${members}---\n`

function chosen(root: string, report: string, files: readonly string[], run: Run = empty) {
  // As the session that builds for a zip, if the text of report.md is changed for it.
  const paths = pathsOf(`${root}/${report}`, `${root}/dist/.cache/submission`)
  const all = [...files, 'package.json', 'package-lock.json', report]
  return chooseFiles({
    report: readReport(paths.source, undefined),
    paths,
    run,
    zip: `${root}/mine.zip`,
    project: { files: all.sort(), ignored: [] },
  })
}

test('chooseFiles should take everything but what builds write', (t) => {
  const root = temporaryProject(t, { 'report.md': front() })
  const files = [
    'books.bib',
    'notes/a.txt',
    'dist/report.html',
    'report.pdf',
    'notebook.ipynb',
    'submission.zip',
  ]
  assert.deepEqual(chosen(root, 'report.md', files), {
    packages: [],
    files: ['books.bib', 'notes/a.txt', 'package-lock.json', 'package.json', 'report.md'],
    findings: [],
  })
})

test('chooseFiles should take the named files beside those of the report', (t) => {
  const root = temporaryProject(t, { 'report.md': front('submission: [src/**, gone/**]\n') })
  const kept = ['.npmrc', 'books.bib', 'figures/fig-a.svg', 'freeze/a.json', 'report.lock.json', 'src/a.ts']
  const { files, findings } = chosen(root, 'report.md', [...kept, 'notes/a.txt', 'other.md'])
  assert.deepEqual(files, [...kept, 'package-lock.json', 'package.json', 'report.md'].sort())
  assert.deepEqual(
    findings.map(({ rule, file }) => [rule, file]),
    [['rebuild-has-all', 'gone/**']],
  )
})

test('chooseFiles should take the whole folder of a report that has one of its own', (t) => {
  const root = temporaryProject(t, { 'report-src/report.md': front('submission: package.json\n') })
  const kept = ['figures/fig-a.svg', 'report-src/a.md', 'report-src/freeze/a.json']
  const { files, findings } = chosen(root, 'report-src/report.md', [...kept, 'src/a.ts'])
  assert.deepEqual(files, [...kept, 'package-lock.json', 'package.json', 'report-src/report.md'].sort())
  assert.deepEqual(findings, [])
})

test('chooseFiles should take what cells import and read, and tell of what it cannot take', (t) => {
  const root = temporaryProject(t, {
    'inner/package.json': '{}',
    'inner/report.md': front('submission: package.json\n'),
    'inner/lib/a.ts': 'x',
    'inner/dist/b.ts': 'x',
    'outside.ts': 'x',
  })
  const stored = {
    provenance: {
      label: 'train',
      reads: {
        'notes/read.txt': 'a'.repeat(64),
        'notes/checked.txt': 'present',
        '$WEFT_DATA/images.gz': 'b'.repeat(64),
        'notes/gone.txt': 'c'.repeat(64),
      },
    },
  }
  const inputs = {
    'lib/a.ts': 'd',
    'dist/b.ts': 'd',
    '../outside.ts': 'd',
    'node_modules/tiny/index.js': 'd',
  }
  const run = {
    ...empty,
    bundles: new Map([['a', { inputs }]]),
    jobs: new Map([['key', stored]]),
  } as unknown as Run
  const offered = ['lib/a.ts', 'dist/b.ts', 'notes/read.txt', 'notes/checked.txt']
  const { files, findings } = chosen(`${root}/inner`, 'report.md', offered, run)
  assert.deepEqual(files, ['lib/a.ts', 'notes/read.txt', 'package-lock.json', 'package.json', 'report.md'])
  assert.deepEqual(
    findings.map(({ file, reason }) => [file, reason]),
    [
      ['dist/b.ts', 'Cannot hand in a file that #a needs, it is ignored by git or written by a build'],
      ['../outside.ts', 'Cannot hand in a file that #a needs, it lies outside the project'],
    ],
  )
})

test('chooseFiles should ask for a package.json and a lock file', (t) => {
  const root = temporaryProject(t, { 'report.md': front() })
  const paths = pathsOf(`${root}/report.md`)
  const findingsOf = (files: string[]) =>
    chooseFiles({
      report: readReport(paths.source, undefined),
      paths,
      run: empty,
      zip: '',
      project: { files, ignored: [] },
    }).findings.map(({ file }) => file)
  assert.deepEqual(findingsOf(['report.md']), ['package.json'])
  assert.deepEqual(findingsOf(['package.json', 'report.md']), ['package-lock.json'])
  assert.deepEqual(findingsOf(['package.json', 'pnpm-lock.yaml', 'report.md']), [])
})

test('chooseFiles should take the tarballs that package.json installs, and tell of those elsewhere', (t) => {
  const dependencies = {
    weft: 'file:weft-0.1.0.tgz',
    tiny: 'link:../tiny',
    own: './packages/own',
    zod: '4.6.7',
  }
  const root = temporaryProject(t, {
    'report.md': front('submission: package.json\n'),
    'package.json': JSON.stringify({ dependencies }),
  })
  const { files, findings, packages } = chosen(root, 'report.md', [
    'weft-0.1.0.tgz',
    'packages/own/index.js',
    'b.tgz',
  ])
  assert.deepEqual(packages, ['weft-0.1.0.tgz', '../tiny', 'packages/own'])
  assert.ok(['weft-0.1.0.tgz', 'packages/own/index.js'].every((file) => files.includes(file)))
  assert.equal(files.includes('b.tgz'), false)
  assert.deepEqual(
    findings.map(({ file, reason }) => [file, reason]),
    [['../tiny', 'Cannot hand in a package that package.json names, it lies outside the project']],
  )
})
