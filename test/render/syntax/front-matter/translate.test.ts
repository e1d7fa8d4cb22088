import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VFile } from 'vfile'
import type { FrontMatter } from '../../../../src/render/model/types.ts'
import { otherNames } from '../../../../src/render/syntax/front-matter/other-names.ts'
import { readFrontMatter } from '../../../../src/render/syntax/front-matter.ts'

/** Reads front matter that holds, without its title and what stands where nothing is written. */
function read(yaml: string): Partial<FrontMatter> {
  const file = new VFile({ path: 'report.md', value: `---\ntitle: T\n${yaml}\n---\n` })
  const front = readFrontMatter(file)
  assert.deepEqual(file.messages.map(String), [], yaml)
  const usual = {
    author: [],
    lang: 'en',
    contents: false,
    chapters: [],
    echo: 'fold',
    params: {},
    title: 'T',
  }
  return Object.fromEntries(
    Object.entries(front!).filter(
      ([name, value]) =>
        value !== undefined && JSON.stringify(value) !== JSON.stringify(usual[name as keyof typeof usual]),
    ),
  )
}

const inMm = (text: string) => read(`margin: ${text}`).marginsMm

test('the front matter should have authors in every form of Quarto', () => {
  assert.deepEqual(read('author: A').author, [{ name: 'A', affiliations: [] }])
  assert.deepEqual(read('authors: [A, {name: B}]').author, [
    { name: 'A', affiliations: [] },
    { name: 'B', affiliations: [] },
  ])
  const yaml = `author:
  - name: {given: Ann, particle: de, family: Aye}
    affiliations: [{ref: uni}, lab, {name: Here, department: D, city: Basel, postal-code: "4001", country: CH}]
    email: a@b.org
    orcid: https://orcid.org/0000-0002-1694-233X
    attributes: {corresponding: true}
  - name: {literal: The Group}
    affiliation: lab
    url: https://example.org
affiliations: [{id: uni, name: University}, {id: lab, name: Lab, group: G}]`
  assert.deepEqual(read(yaml).author, [
    {
      name: 'Ann de Aye',
      affiliations: ['University', 'G, Lab', 'D, Here, 4001 Basel, CH'],
      email: 'a@b.org',
      orcid: '0000-0002-1694-233X',
      isCorresponding: true,
    },
    { name: 'The Group', affiliations: ['G, Lab'], url: 'https://example.org' },
  ])
})

test('the front matter should understand names of Quarto where they mean the same', () => {
  const cases: [string, Partial<FrontMatter>][] = [
    ['toc: true\ntoc-depth: 2', { contents: true, contentsDepth: 2 }],
    ['toc_depth: 2', {}],
    ['contents: 1', { contents: true, contentsDepth: 1 }],
    ['format: html', {}],
    ['format: [html, pdf]', {}],
    [
      'format:\n  html:\n    toc: true\n  pdf:\n    toc: true\n    papersize: us-letter',
      {
        contents: true,
        paperMm: [215.9, 279.4],
      },
    ],
    ['output:\n  pdf_document:\n    number_sections: true', { numbersections: true }],
    ['format: {pdf: default, html: {code-fold: false}}', { echo: 'show' }],
    ['code-fold: true\nexecute: {echo: false}', { echo: 'hide' }],
    ['code-fold: true\nexecute: {echo: true}', {}],
    ['execute: {echo: fenced}', { echo: 'show' }],
    ['number-sections: false', { numbersections: false }],
    ['classoption: [twocolumn]', { columns: 2 }],
    ['papersize: a5paper', { paperMm: [148, 210] }],
    ['papersize: A4', { paperMm: [210, 297] }],
    ['papersize: 170mm 24cm', { paperMm: [170, 240] }],
    ['geometry: margin=2cm', { marginsMm: { top: 20, bottom: 20, left: 20, right: 20 } }],
    ['geometry: ["top=20mm, left=1in", "right=3cm"]', { marginsMm: { top: 20, right: 30, left: 25.4 } }],
    ['margin-left: 2cm\nmargin-top: 72pt', { marginsMm: { top: 25.4, left: 20 } }],
    ['fontsize: 12pt\nlinestretch: 1.2', { fontPt: 12, linestretch: 1.2 }],
    ['keywords: a, b; c', { keywords: ['a', 'b', 'c'] }],
    ['tags: [a, b]', { keywords: ['a', 'b'] }],
    ['date: now', { date: 'today' }],
    ['css: a.css\nbib: r.bib', { css: ['a.css'], bibliography: ['r.bib'] }],
    ['embed-resources: true\nlink-citations: true\nhtml-math-method: katex', {}],
  ]
  for (const [yaml, wanted] of cases) assert.deepEqual(read(yaml), wanted, yaml)
})

test('margins should be one length, or some for the sides', () => {
  assert.deepEqual(inMm('2.5cm'), { top: 25, right: 25, bottom: 25, left: 25 })
  assert.deepEqual(inMm('{x: 1cm, top: 2cm}'), { top: 20, right: 10, left: 10 })
})

test('every name that cannot be understood should come with what to write instead', () => {
  for (const [name, meaning] of Object.entries(otherNames)) {
    const found = meaning('x')
    if (found !== 'given' && 'instead' in found)
      assert.match(
        found.instead,
        /remove it$|write |leave it out|name |change |cite |not printed|has no |does not/,
        name,
      )
  }
})
