import assert from 'node:assert/strict'
import test from 'node:test'
import { changeFront } from '../../../src/render/submission/front-text.ts'

const report = `---
title: Rain
author:
  - name: Jane Doe
    email: jane@example.org
# A comment stays.
date: today
affiliations: [{ id: uni, name: University }]
params:
  full: { n: 3 } # as it is
---

Text.
`

test('changeFront should leave out members and change values, and keep all else', () => {
  const changed = changeFront(report, {
    without: ['author', 'affiliations', 'byline'],
    values: { date: '2026-11-30' },
  })
  assert.equal(
    changed,
    '---\ntitle: Rain\n\n\n\n# A comment stays.\ndate: 2026-11-30\n\nparams:\n  full: { n: 3 } # as it is\n---\n\nText.\n',
  )
})

test('changeFront should leave out a last member, and one of several lines', () => {
  const text = '---\ntitle: Rain\nauthor: >\n  Jane\n  Doe\nby-author:\n- Jane Doe\n---\nText.\n'
  const without = ['author', 'by-author']
  assert.equal(changeFront(text, { without, values: {} }), '---\ntitle: Rain\n\n\n\n\n\n---\nText.\n')
})

test('changeFront should keep a text in which nothing is to change, to the character', () => {
  assert.equal(changeFront(report, { without: [], values: {} }), report)
  assert.equal(changeFront('Text.\n', { without: ['author'], values: {} }), 'Text.\n')
})

test('changeFront should refuse a front matter that it cannot change line by line', () => {
  const text = '---\n{ title: Rain, author: Jane Doe }\n---\n'
  assert.throws(
    () => changeFront(text, { without: ['author'], values: {} }),
    /Cannot change the front matter, expected one member a line/,
  )
})
