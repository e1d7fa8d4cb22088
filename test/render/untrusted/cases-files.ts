import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Places } from './places.ts'
import { type Hostile, storedFile } from './untrusted-report.ts'

const bibliography = '@misc{a, title={A}}'

/** Chapters, bibliographies, styles, pictures, locks and results in places where none belong. */
export function fileCases({ outside, server }: Places): Hostile[] {
  const chapter = (name: string, path: string, said = /chapter/): Hostile => ({
    name: `chapter: ${name}`,
    front: { chapters: [path] },
    said,
    page: 'none',
  })
  const linked = (name: string, make: (folder: string) => void, said: RegExp): Hostile => ({
    ...chapter(name, 'chapter.md', said),
    prepare: make,
  })
  const picture = (name: string, path: string): Hostile => ({
    name: `picture: ${name}`,
    body: `![words](${path})`,
    said: /report-is-harmless Cannot embed the image/,
    page: /weft-missing/,
    never: /data:image/,
  })
  const beside = (kind: 'bibliography' | 'csl', name: string, path: string, said: RegExp): Hostile => ({
    name: `${kind}: ${name}`,
    body: 'See [@a].',
    front: { bibliography: 'own.bib', [kind]: path },
    files: { 'own.bib': bibliography },
    said,
    page: /See/,
  })
  const elsewhere = /report-is-harmless Cannot read the chapter .*own folder/
  return [
    chapter('above the folder', '../secret.md', elsewhere),
    chapter('by its absolute path', join(outside, 'secret.md'), elsewhere),
    chapter('on the network', `${server}/chapter.md`, /report-is-harmless .*found an address/),
    chapter(
      'of an address of a file',
      `file://${outside}/secret.md`,
      /report-is-harmless .*found an address/,
    ),
    chapter('on a drive', 'C:\\secret.md', /report-is-harmless/),
    chapter('with backslashes', '..\\secret.md', /report-is-harmless .*backslashes/),
    chapter('with a NUL', 'a\u0000.md', /report-is-harmless .*control/),
    chapter('that never ends', '/dev/zero', elsewhere),
    chapter('that is a folder', '.', /report-is-harmless|chapter-exists/),
    linked('that is a link', (folder) => symlinkSync('../secret.md', join(folder, 'chapter.md')), elsewhere),
    linked(
      'that is a link to a device',
      (folder) => symlinkSync('/dev/zero', join(folder, 'chapter.md')),
      elsewhere,
    ),
    linked(
      'that is a pipe',
      (folder) => execFileSync('mkfifo', [join(folder, 'chapter.md')]),
      /found a folder, a device or a pipe/,
    ),
    linked(
      'in a folder that is a link',
      (folder) => {
        symlinkSync('..', join(folder, 'deep'))
        rmSync(join(folder, 'report.md'))
        writeFileSync(join(folder, 'report.md'), '---\n{"title":"T","chapters":["deep/secret.md"]}\n---\n')
      },
      elsewhere,
    ),
    linked(
      'of two gigabytes',
      (folder) => {
        writeFileSync(join(folder, 'chapter.md'), '')
        truncateSync(join(folder, 'chapter.md'), 2e9)
      },
      /expected at most 2000000 bytes, found 2000000000/,
    ),
    {
      name: 'report that is a link',
      prepare(folder) {
        rmSync(join(folder, 'report.md'))
        symlinkSync('../secret.md', join(folder, 'report.md'))
      },
      said: /report-is-harmless .*own folder/,
      page: 'none',
    },
    beside(
      'bibliography',
      'above the folder',
      '../secret.bib',
      /report-is-harmless Cannot read the bibliography/,
    ),
    beside(
      'bibliography',
      'on the network',
      `${server}/a.bib`,
      /report-is-harmless Cannot read the bibliography/,
    ),
    beside('csl', 'above the folder', '../secret.txt', /report-is-harmless Cannot use the style/),
    beside('csl', 'on the network', `${server}/a.csl`, /report-is-harmless Cannot use the style/),
    beside('csl', 'that is none', 'own.bib', /bibliography-reads Cannot use the style/),
    picture('above the folder', '../secret.png'),
    picture('above the folder, with escapes', '%2e%2e%2fsecret.png'),
    picture('by its absolute path', `${outside}/secret.png`),
    picture('of an address of a file', `file://${outside}/secret.png`),
    picture('on the network', `${server}/a.png`),
    picture('on the network without a scheme', `//${server.slice(7)}/a.png`),
    picture('with a bad escape', '%E0%A4%A.png'),
    picture('of another kind', 'report.lock.json'),
    picture('written in, a drawing', 'data:image/svg+xml;base64,PHN2Zz48L3N2Zz4='),
    picture('written in, a page', 'data:text/html,a'),
    {
      ...picture('that is a drawing with a program', 'a.svg'),
      files: { 'a.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' },
    },
    {
      ...picture('that is a link', 'a.png'),
      prepare: (folder) => symlinkSync('../secret.png', join(folder, 'a.png')),
    },
    { ...picture('of too many pixels', 'a.png'), files: { 'a.png': headOfPng(60_000, 60_000) } },
    {
      name: 'lock that is a link',
      body: '`{ts} x`',
      prepare(folder) {
        rmSync(join(folder, 'report.lock.json'))
        symlinkSync('../secret.json', join(folder, 'report.lock.json'))
      },
      said: /report-is-harmless Cannot read .*own folder/,
      page: /\[x\]/,
    },
    {
      name: 'result that is a link',
      shown: { plain: ['words'] },
      prepare(folder) {
        const path = join(folder, storedFile('plain'))
        rmSync(path)
        symlinkSync('../../secret.json', path)
      },
      said: /report-is-harmless Cannot use the stored result .*own folder/,
      page: /<body/,
    },
    {
      name: 'place to write that is a link',
      prepare: (folder) => symlinkSync('..', join(folder, 'dist')),
      said: /report-is-harmless Cannot write `dist`, expected a plain one/,
      page: 'none',
    },
    {
      name: 'drawings of a cache that it brings',
      body: '$x$',
      prepare(folder) {
        mkdirSync(join(folder, 'dist/.cache'), { recursive: true })
        writeFileSync(
          join(folder, 'dist/.cache/markup-report-full.json'),
          '{"a":"b <script>alert(1)</script>"}',
        )
      },
      said: /^$/,
      page: /katex/,
    },
    {
      name: 'sources of jobs outside',
      body: '::register{of=sources}',
      shown: { plain: ['words'] },
      said: /result-is-whole|report-is-harmless|^$/,
      page: /<body/,
    },
  ]
}

function headOfPng(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(64)
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}
