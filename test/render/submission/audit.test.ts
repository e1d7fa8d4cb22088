import assert from 'node:assert/strict'
import test from 'node:test'
import { authorNames, withoutAuthors } from '../../../src/render/submission/anonymous.ts'
import { auditFiles } from '../../../src/render/submission/audit.ts'
import { auditPages } from '../../../src/render/submission/audit-texts.ts'

const nothing = { ignored: [], packages: [], folders: [], names: [], bibliographies: [] }
const file = (name: string, text = '') => ({ name, bytes: Buffer.from(text) })

type Files = Parameters<typeof auditFiles>[0]

function found(files: Files, forbidden: Partial<Parameters<typeof auditFiles>[1]> = {}): string[] {
  return auditFiles(files, { ...nothing, ...forbidden }).map(
    ({ rule, file, line = '' }) => `${file}:${line} ${rule}`,
  )
}

test('auditFiles should find keys, tokens and passwords, with their lines', () => {
  const token = `ghp_${'a1'.repeat(18)}`
  const files = [
    file('a.ts', `// one\nconst token = '${token}'\n`),
    file('b.yaml', `key: ok\napi_key: "${'x9'.repeat(10)}"\n`),
    file('c.md', 'See https://jane:secret@example.org/data.\n'),
    file('d.txt', `-----BEGIN ${'RSA PRIVATE'} KEY-----\n`),
    file('.npmrc', `//registry.example.org/:_authToken=${'a'.repeat(20)}\n`),
    file('.env', 'A=1'),
    file('keys/server.pem', 'x'),
  ]
  assert.deepEqual(found(files), [
    '.env: no-secret',
    '.npmrc:1 no-secret',
    'a.ts:2 no-secret',
    'b.yaml:2 no-secret',
    'c.md:1 no-secret',
    'd.txt:1 no-secret',
    'keys/server.pem: no-secret',
  ])
})

test('auditFiles should pass over what only looks like a secret', () => {
  const files = [
    file('a.ts', "const password = readPassword()\nfetch('https://example.org:8080/a@b')\ntoken: '$TOKEN'\n"),
    file('.npmrc', `//registry.example.org/:_authToken=$\{NPM_TOKEN}\nsave-exact=true\n`),
    file('.env.example', 'A='),
    file('b.ts', `const digest = '${'0123456789abcdef'.repeat(4)}'\n`),
  ]
  assert.deepEqual(found(files), [])
})

test('auditFiles should find folders of machines and users', () => {
  const files = [
    file('a.ts', "read('/srv/study/data.csv')\nread('/srv/studying/data.csv')\n"),
    file('b.md', 'It lies in /home/jane/study/data, or C:\\Users\\jane\\data.\n'),
    file('c.md', 'See https://example.org/home/jane/ and ~/data.\n'),
  ]
  assert.deepEqual(found(files, { folders: ['/srv/study'] }), [
    'a.ts:1 no-machine-path',
    'b.md:1 no-machine-path',
    'b.md:1 no-machine-path',
  ])
})

test('auditFiles should find data files, but not a small one that the code names', () => {
  const files = [
    file('report.md', "Read `rain.csv` and 'snow.csv'.\n"),
    file('rain.csv', 'mm\n3\n'),
    file('hail.csv', 'mm\n3\n'),
    { name: 'snow.csv', bytes: new Uint8Array(1_000_001) },
    { name: 'big.md', bytes: new Uint8Array(10_000_001) },
    { name: 'weft-0.1.0.tgz', bytes: new Uint8Array(10_000_001) },
  ]
  assert.deepEqual(found(files, { packages: ['weft-0.1.0.tgz'] }), [
    'big.md: no-data',
    'hail.csv: no-data',
    'snow.csv: no-data',
  ])
})

test('auditFiles should find caches, and what git tracks although it ignores it', () => {
  const files = [file('a.log'), file('.ipynb_checkpoints/a.ipynb'), file('notes.txt'), file('b.ts')]
  assert.deepEqual(found(files, { ignored: ['notes.txt'] }), [
    '.ipynb_checkpoints/a.ipynb: nothing-ignored',
    'a.log: nothing-ignored',
    'notes.txt: nothing-ignored',
  ])
})

test('auditFiles should find names of authors in texts and names of files, but not in a bibliography', () => {
  const files = [
    file('a.md', 'One.\nBy jane\tDOE.\nBy Jane Doering.\n'),
    file('Jane Doe.txt', 'x'),
    file('references.bib', 'author = {Doe, Jane}'),
    file('b.md', 'Doe, Jane'),
  ]
  const names = ['Jane Doe', 'Doe, Jane']
  assert.deepEqual(found(files, { names, bibliographies: ['references.bib'] }), [
    'Jane Doe.txt: no-name',
    'a.md:2 no-name',
    'b.md:1 no-name',
  ])
})

test('auditFiles should find a name over a line end, after an escape, in a picture, and attached to a PDF', () => {
  const picture = Buffer.concat([Buffer.from([0, 1, 255]), Buffer.from('By Jane Doe\0')])
  const files = [
    file('a.md', 'One.\nBy Jane\nDoe.\n'),
    file('b.json', '{ "text": "By\\nJane Doe" }'),
    { name: 'c.png', bytes: picture },
    file('d.pdf', '%PDF-1.7\n1 0 obj <</Type /EmbeddedFile>>\nstream\nBy Jane Doe\nendstream\n'),
  ]
  assert.deepEqual(found(files, { names: ['Jane Doe'] }), [
    'a.md:2 no-name',
    'b.json:1 no-name',
    'c.png: no-name',
    'd.pdf: no-name',
  ])
})

test('authorNames and auditFiles should know names of scripts that put no spaces', () => {
  const names = authorNames({ author: [{ name: '王伟', affiliations: [] }] }, '/nowhere')
  assert.deepEqual(names, ['王伟'])
  assert.deepEqual(found([file('a.md', '作者王伟的报告')], { names }), ['a.md:1 no-name'])
})

test('authorNames and auditFiles should know an author by initials, with spaces between them or without', () => {
  const names = authorNames({ author: [{ name: 'Jean-Luc Q. Doe', affiliations: [] }] }, '/nowhere')
  const files = ['J.-L. Q. Doe', 'J.-L.Q. Doe', 'Doe, J.-L.', 'J.-L.\nDoe', 'J. Doe', 'J.-L. Q. Doering']
  assert.deepEqual(
    found(
      files.map((text, index) => file(`${index}.md`, text)),
      { names },
    ),
    [...['0.md:1 no-name', '1.md:1 no-name', '2.md:1 no-name', '3.md:1 no-name']],
  )
})

test('authorNames should list what leads to an author', () => {
  const author = [
    {
      name: 'Jane Q. Doe',
      affiliations: ['Rain Institute'],
      email: 'jane@example.org',
      orcid: '0000-0002-1825-0097',
    },
    { name: 'Ann', affiliations: [] },
  ]
  assert.deepEqual(authorNames({ author }, '/nowhere'), [
    ...['Jane Q. Doe', 'Doe, Jane Q.', 'Jane Doe', 'Doe, Jane'],
    ...['J. Q. Doe', 'Doe, J. Q.', 'J. Doe', 'Doe, J.'],
    'Rain Institute',
    'jane@example.org',
    '0000-0002-1825-0097',
  ])
})

test('withoutAuthors should clear a package.json and a licence, and nothing else', () => {
  const text = (name: string, content: string) =>
    Buffer.from(withoutAuthors(file(name, content), ['Jane Doe']).bytes).toString()
  const manifest = { name: 'rain', author: 'Jane Doe', repository: 'x', bugs: 'x', dependencies: {} }
  assert.deepEqual(JSON.parse(text('package.json', JSON.stringify(manifest))), {
    name: 'rain',
    dependencies: {},
  })
  assert.equal(text('LICENSE', 'Copyright 2026 Jane Doe\n'), 'Copyright 2026 the authors\n')
  assert.equal(text('a.md', 'Jane Doe'), 'Jane Doe')
})

test('auditPages should name the pages that show an author, but not one whose works are cited', () => {
  const names = ['Jane Doe', 'Doe, Jane', 'Ann Poe']
  const pages = ['One.', 'By Jane\nDoe and Ann Poe.']
  const pagesOf = (...bibliographies: string[]) =>
    auditPages(file('report.pdf'), pages, { names, bibliographies }).map(({ reason }) => reason)
  assert.deepEqual(pagesOf(), [
    'Unexpected text on page 2, it has `Jane Doe`',
    'Unexpected text on page 2, it has `Ann Poe`',
  ])
  assert.deepEqual(pagesOf('author = {Doe, J.}'), ['Unexpected text on page 2, it has `Ann Poe`'])
})
