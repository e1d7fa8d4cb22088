import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { completeFront, describeFront, frontPlace } from '../../src/language-server/front-matter.ts'

/** Finds the place of `|` in a text. */
function at(marked: string, kind: 'report' | 'chapter' = 'report') {
  const before = marked.slice(0, marked.indexOf('|')).split('\n')
  const position = { line: before.length - 1, character: before.at(-1)!.length }
  return frontPlace(marked.replace('|', ''), position, kind)
}

const labels = (marked: string, kind?: 'report' | 'chapter') =>
  completeFront(at(marked, kind)!).map(({ label }) => label)

describe('completion in the front matter', () => {
  it('should propose the members that are not there yet, with what they are', () => {
    const items = completeFront(at('---\ntitle: T\npap|\n---\n')!)
    const names = items.map(({ label }) => label)
    assert.ok(names.includes('papersize') && names.includes('toc'), names.join())
    assert.ok(!names.includes('title'))
    const paper = items.find(({ label }) => label === 'papersize')!
    assert.deepEqual(paper.textEdit, {
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } },
      newText: 'papersize: ',
    })
    assert.match(JSON.stringify(paper.documentation), /The paper of the print/)
    assert.match(paper.detail!, /^a3 \| a4/)
  })

  it('should propose the members of members, in lists too', () => {
    const person = [
      'name',
      'affiliation',
      'affiliations',
      'email',
      'orcid',
      'url',
      'corresponding',
      'attributes',
    ]
    assert.deepEqual(labels('---\ntitle: T\nauthor:\n  - |\n---\n'), person)
    assert.deepEqual(
      labels('---\nauthor:\n  - name: A\n    |\n  - name: B\n    url: C\n---\n'),
      person.slice(1),
    )
    assert.deepEqual(labels('---\nauthor:\n- name: A\n  |\n---\n'), person.slice(1))
    assert.deepEqual(labels('---\nauthor:\n  - name:\n      |\n---\n'), [
      'given',
      'family',
      'literal',
      'particle',
    ])
    assert.deepEqual(labels('---\nmargin:\n  top: 2cm\n  |\n---\n'), ['right', 'bottom', 'left', 'x', 'y'])
    assert.deepEqual(labels('---\nparams:\n  full:\n    |\n---\n'), [])
  })

  it('should propose the words that a member may have', () => {
    assert.deepEqual(labels('---\necho: |\n---\n'), ['show', 'fold', 'hide'])
    assert.deepEqual(labels('---\nechoes: |\n---\n'), [])
    assert.deepEqual(labels('---\ntoc: t|\n---\n'), ['true', 'false'])
    assert.deepEqual(labels('---\ndate: |\n---\n'), ['today', 'last-modified'])
    assert.deepEqual(labels('---\nauthor:\n  - corresponding: |\n---\n'), ['true', 'false'])
    assert.deepEqual(labels('---\ntitle: T: |\n---\n'), [])
  })

  it('should know the members of a chapter, and text that is no front matter', () => {
    assert.deepEqual(labels('---\n|\n---\n', 'chapter'), ['title', 'lang'])
    assert.equal(at('---\ntitle: T\n---\nto|c'), undefined)
    assert.equal(at('Text\n|\n'), undefined)
    // Its end is not written yet.
    assert.ok(labels('---\ntitle: T\n|\n').includes('author'))
  })
})

describe('hovering in the front matter', () => {
  const hover = (marked: string) => describeFront(at(marked)!)
  it('should say what a member is', () => {
    assert.deepEqual(hover('---\ntitle: T\nec|ho: show\n---\n'), {
      contents: {
        kind: 'markdown',
        value:
          'Whether the page shows the code of cells, folds it, or hides it; a fence may say otherwise.\n\nDefault: `fold`.',
      },
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 4 } },
    })
    assert.match(JSON.stringify(hover('---\nauthor:\n  - name: A\n    or|cid: 1\n---\n')), /ORCID iD/)
    assert.equal(hover('---\ntitle: T|\n---\n'), undefined)
    assert.equal(hover('---\nno|thing: T\n---\n'), undefined)
  })
})
