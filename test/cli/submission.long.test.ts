import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { after, describe, it } from 'node:test'
import { inflateSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import { pdfText } from '../../src/render/print/pdf-text.ts'
import { emptyProject, type Project } from '../report/project.ts'
import { weftHere } from './weft-here.ts'

const report = (body: string, members = '') => `---
title: Rain
author: [{ name: Jane Doe, affiliation: Rain Institute, email: jane@example.org }]
date: today
requirements:
  - { item: How much rain?, answer: [sec-rain, '#drops', src/drops.ts], claim: It rains, pages: 1 }
${members}---

# Rain {#sec-rain pages=1}

\`\`\`ts exec #drops
import { drops } from './src/drops.ts'
import { table } from 'weft/output'
export const fallen = drops
export default table([{ drops }], { columns: { drops: 'Drops' }, caption: 'Rain.' })
\`\`\`

:claim[It rains]{that='fallen > 2'}: \`{ts} fallen\` drops. ${body}
`

function projectOf(body = '', members = ''): Project {
  const project = emptyProject({ after })
  project.write('report.md', report(body, members))
  project.write('src/drops.ts', '/** Drops of rain. */\nexport const drops = 3\n')
  project.write('package.json', '{ "name": "rain", "type": "module", "author": "Jane Doe" }')
  project.write('package-lock.json', '{ "name": "rain", "lockfileVersion": 3, "packages": {} }')
  project.write('LICENSE', 'Copyright 2026 Jane Doe\n')
  project.write('README.md', '# Rain\n')
  project.write('.gitignore', 'dist/\n')
  const git = (...args: string[]) => execFileSync('git', ['-C', project.folder, ...args], { stdio: 'ignore' })
  git('init', '-q')
  git('add', '-A')
  git('-c', 'user.name=Jane Q. Doe', '-c', 'user.email=jq@example.org', 'commit', '-qm', 'Begin')
  return project
}

function unpack(project: Project, file: string): Project {
  const other = emptyProject({ after })
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(project.path(file))))) {
    mkdirSync(dirname(other.path(name)), { recursive: true })
    writeFileSync(other.path(name), bytes)
  }
  return other
}

describe('weft submission', () => {
  const project = projectOf()

  it('should refuse results that are not accepted', async () => {
    await weftHere(project.folder, ['build'])
    const { code, stdout } = await weftHere(project.folder, ['submission'])
    assert.equal(code, 1)
    assert.match(stdout, /refused {4}freeze {2}results-are-accepted\n.*results of #drops: run `weft accept`/)
    assert.match(stdout, /failed {5}dist\/submission\.zip is not written, 1 finding/)
  })

  it('should write a zip that prints the same bytes elsewhere, and the same zip again', async () => {
    assert.equal((await weftHere(project.folder, ['accept'])).code, 0)
    const { code, stdout, stderr } = await weftHere(project.folder, ['submission'])
    assert.equal(code, 0, `${stdout}${stderr}`)
    assert.match(stdout, /answered {3}1 of 1 requirement\n {2}pages {6}#sec-rain fills 1 of at most 1\n/)
    const other = unpack(project, 'dist/submission.zip')
    const names = Object.keys(unzipSync(readFileSync(project.path('dist/submission.zip'))))
    assert.deepEqual(
      names.filter((name) => !/^(freeze|figures)\//.test(name)),
      ['.gitignore', 'LICENSE', 'README-project.md', 'README.md', 'notebook.ipynb', 'package-lock.json']
        .concat(['package.json', 'report.lock.json', 'report.md', 'report.pdf', 'src/drops.ts'])
        .sort(),
    )
    assert.match(other.read('report.md'), /^date: \d{4}-\d\d-\d\d$/m)
    assert.match(other.read('README.md'), /npm ci\nnpx weft build report\.md\n/)
    assert.equal((await weftHere(other.folder, ['build'])).code, 0)
    assert.deepEqual(readFileSync(other.path('dist/report.pdf')), readFileSync(other.path('report.pdf')))
    assert.equal((await weftHere(other.folder, ['submission'])).code, 0)
    const again = unpack(other, 'dist/submission.zip')
    assert.equal(again.read('README.md'), other.read('README.md'))
    assert.deepEqual(readFileSync(again.path('report.pdf')), readFileSync(other.path('report.pdf')))
  })

  it('should leave out all names of the authors if asked to', async () => {
    const { code, stdout } = await weftHere(project.folder, ['submission', '--anonymous', '--out', 'a.zip'])
    assert.equal(code, 0, stdout)
    const files = unzipSync(readFileSync(project.path('a.zip')))
    const hidden = /Jane|Doe|Rain Institute|jane@example|jq@example/
    for (const [name, bytes] of Object.entries(files))
      assert.doesNotMatch(strFromU8(bytes, true), hidden, name)
    const pdf = files['report.pdf']!
    assert.doesNotMatch((await pdfText(pdf)).join('\n'), hidden)
    const streams = strFromU8(pdf, true).matchAll(/EmbeddedFile[\s\S]*?stream\n([\s\S]*?)\nendstream/g)
    const attached = [...streams].map(([, stream]) => inflateSync(Buffer.from(stream!, 'latin1')).toString())
    assert.ok(attached.some((text) => text.includes('title: Rain')))
    for (const text of attached) assert.doesNotMatch(text, hidden)
    // The author's own print keeps them.
    await weftHere(project.folder, ['build'])
    assert.match((await pdfText(readFileSync(project.path('dist/report.pdf')))).join('\n'), /Jane Doe/)
  })

  it('should refuse what must not be handed in, with its line and what to do', async () => {
    const other = projectOf('By Jane Doe, in /home/jane/rain/.', 'submission: [src/**, notes/**, gone/**]\n')
    other.write('src/rain.csv', 'mm\n3\n')
    other.write('notes/a.log', 'x')
    assert.equal((await weftHere(other.folder, ['accept'])).code, 0)
    const { code, stdout } = await weftHere(other.folder, ['submission', '--anonymous'])
    assert.equal(code, 1)
    const found = [...stdout.matchAll(/refused {4}(\S+) {2}(\S+)\n {13}\S.*: \S/g)].map(
      ([, file, rule]) => `${file} ${rule}`,
    )
    const line =
      other
        .read('report.md')
        .split('\n')
        .findIndex((text) => text.includes('/home/')) + 1
    for (const one of [
      'gone/** rebuild-has-all',
      'notes/a.log nothing-ignored',
      'src/rain.csv no-data',
      `report.md:${line} no-name`,
      `report.md:${line} no-machine-path`,
    ])
      assert.ok(found.includes(one), `${one} in\n${stdout}`)
    assert.throws(() => readFileSync(other.path('dist/submission.zip')), /ENOENT/)
  })

  it('should refuse a report with a requirement that nothing answers', async () => {
    const other = projectOf('', '  - { item: And snow?, answer: sec-snow }\n')
    assert.equal((await weftHere(other.folder, ['accept'])).code, 0)
    const { code, stdout, stderr } = await weftHere(other.folder, ['submission'])
    assert.equal(code, 1)
    assert.match(stderr, /7:\d+ +warning Cannot find `sec-snow`/)
    assert.match(
      stdout,
      /answered {3}1 of 2 requirements\n[\s\S]*is not written, a requirement has no answer/,
    )
  })

  it('should refuse a name that is no zip', async () => {
    const { code, stderr } = await weftHere(project.folder, ['submission', '--out', 'dist'])
    assert.equal(code, 1)
    assert.match(stderr, /^weft: Unexpected --out `dist`, expected the name of a zip/)
  })
})
