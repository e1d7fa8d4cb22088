import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { frontMatterSchema } from '../../../../src/render/syntax/front-matter/json-schema.ts'

const validate = new Ajv({ strict: false }).compile(frontMatterSchema())

test('the JSON schema should describe every member', () => {
  const properties = Object.entries(frontMatterSchema().properties!)
  assert.ok(properties.length > 25)
  const bare = properties.filter(([, { description = '' }]) => !/^[A-Z`].*\.$/.test(description))
  assert.deepEqual(bare, [])
})

test('the JSON schema should take what a report may have, and refuse what it may not', () => {
  const good = [
    'title: T',
    'title: T\nauthor: A\ntoc: true',
    'title: T\nauthor: [A, {name: B, affiliation: uni, orcid: 0000-0002-1825-0097}]\naffiliations: [{id: uni, name: U}]',
    'title: T\npapersize: 17cm 24cm\nmargin: {x: 2cm}\nfontsize: 10pt\ncolumns: 2\ncontents: 2\ndate: today',
    'title: T\nparams: {full: {epochs: 40, names: [a, b]}}',
  ]
  const bad = [
    'subtitle: T',
    'title: 3',
    'title: T\nmargin: 2',
    'title: T\ncolumns: 3',
    'title: T\nauthor: {nam: B}',
    'title: T\npaper: a4',
    'title: T\nparams: {epochs: 40}',
  ]
  for (const text of good) assert.ok(validate(parse(text)), `${text}\n${JSON.stringify(validate.errors)}`)
  for (const text of bad) assert.ok(!validate(parse(text)), text)
})
