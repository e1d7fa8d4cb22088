import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { document } from '../../bench/render/document.ts'
import { toKnitr } from '../../bench/render/to-knitr.ts'
import { toMystmd } from '../../bench/render/to-mystmd.ts'
import { toOrg } from '../../bench/render/to-org.ts'
import { toWeft } from '../../bench/render/to-weft.ts'

interface Dialect {
  readonly write: typeof toWeft
  /** Matches once each. */
  readonly cell: RegExp
  readonly table: RegExp
  readonly figure: RegExp
  readonly formula: RegExp
}

// A displayed formula between two lines, of dollars here, of brackets in Org.
const dollars = /^\$\$\n[^$]+\n\$\$$/gm

const dialects: { readonly [name: string]: Dialect } = {
  weft: {
    write: toWeft,
    cell: /^```ts exec #[a-z-]+$/gm,
    table: /^export default table\(/gm,
    figure: /^export default figure\(/gm,
    formula: dollars,
  },
  knitr: {
    write: toKnitr,
    cell: /^```\{r (?:tbl|fig)-[^}]+\}$/gm,
    table: /^knitr::kable\(/gm,
    figure: /^plot\(/gm,
    formula: dollars,
  },
  mystmd: {
    write: toMystmd,
    cell: /^```\{code-cell\} python$/gm,
    table: /^HTML\(/gm,
    figure: /^plt\.plot\(/gm,
    formula: dollars,
  },
  org: {
    write: toOrg,
    cell: /^#\+BEGIN_SRC python /gm,
    table: /:results value table$/gm,
    figure: /^plt\.savefig\(/gm,
    formula: /^\\\[\n.+\n\\\]$/gm,
  },
}

describe('document of the rendering benchmark', () => {
  for (const [name, { write, cell, table, figure, formula }] of Object.entries(dialects)) {
    const text = write(document)
    const count = (pattern: RegExp) => [...text.matchAll(pattern)].length

    it(`should have 20 cells, 10 tables, 10 figures and 20 formulas for ${name}`, () => {
      assert.deepEqual([cell, table, figure, formula].map(count), [20, 10, 10, 20])
    })

    it(`should have every label, caption and paragraph once or more for ${name}`, () => {
      for (const { title, prose, table, figure, formulas } of document.sections)
        for (const part of [
          title,
          ...prose,
          ...formulas,
          table.label,
          table.caption,
          figure.label,
          figure.caption,
        ])
          assert.ok(text.includes(part), part)
    })

    it(`should leave a trace of each cell for ${name}`, () => {
      assert.equal(count(/trace\.txt/g), 20)
    })

    it(`should have the word that an edit replaces once for ${name}`, () => {
      assert.equal(text.split(document.edit.from).length - 1, 1)
      assert.ok(!text.includes(document.edit.to))
    })
  }

  it('should differ from section to section', () => {
    const all = document.sections.flatMap(({ title, formulas, table, figure }) => [
      title,
      ...formulas,
      table.label,
      table.caption,
      String(table.growth),
      figure.label,
      figure.caption,
    ])
    assert.equal(new Set(all).size, all.length)
  })
})
