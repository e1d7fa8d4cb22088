import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib'
import type { Figure, Table } from '../../../src/render/model/types.ts'
import { figureToSvg } from '../../../src/render/output/draw/figure-to-svg.ts'
import { tableToMdast } from '../../../src/render/output/draw/table.ts'
import { openBrowser } from '../../../src/render/print/open-browser.ts'
import { loadReader } from '../../../src/render/print/pdf-text.ts'
import { print } from '../../../src/render/print/print.ts'
import { element, renderedOf, text } from '../page/rendered-of.ts'
import { toPages } from '../page/to-pages.ts'

const title = 'Netze & (mehr)'
const alt = 'A line that falls from 2 to 1 — “loss”.'
const figure: Figure = {
  kind: 'figure',
  alt,
  spec: {
    data: { values: [1, 2, 3].map((x) => ({ x, y: 3 - x })) },
    mark: 'line',
    encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
  },
}
const table: Table = {
  kind: 'table',
  columns: [
    { key: 'a', title: 'Optimizer', align: 'left' },
    { key: 'b', title: 'Loss', align: 'right' },
  ],
  rows: [
    { a: { text: 'Adam', raw: 'Adam' }, b: { text: '0.1', raw: 0.1 } },
    { a: { text: 'SGD', raw: 'SGD' }, b: { text: '0.2', raw: 0.2 } },
  ],
}

describe('the PDF of a report, read back', () => {
  let pdf: Uint8Array
  let document: PDFDocument
  before(async () => {
    const svg = { type: 'html', value: await figureToSvg(figure, 'fig-loss') }
    const caption = element('figcaption', {}, [text('Loss.')])
    const parseMarkdown = (value: string) => [{ type: 'paragraph', children: [text(value)] }] as never
    const nodes = {
      F: [element('figure', { className: ['weft-figure'], id: 'fig-loss' }, [svg, caption])],
      T: await tableToMdast(table, { id: 'tbl-loss', parseMarkdown }),
    }
    const chapters = [
      'In short.',
      '# One\n\nSee [the loss](#fig-loss).\n\nF\n\nT\n\n## Deeper $x^2$',
      '# Two\n\nx',
    ]
    const whole = renderedOf(chapters, {
      nodes,
      front: {
        title,
        lang: 'de',
        author: [{ name: 'A. B', affiliations: [] }],
        contents: true,
        chapterbreak: 'page',
      },
    })
    const browser = await openBrowser()
    try {
      const pages = await toPages(whole)
      pdf = (await print(pages.print, browser, { date: new Date(0), title })).pdf
    } finally {
      await browser.close()
    }
    document = await PDFDocument.load(pdf, { updateMetadata: false })
  })

  function dictionaries(): PDFDict[] {
    return document.context.enumerateIndirectObjects().flatMap(([, object]) => {
      if (object instanceof PDFDict) return [object]
      return object instanceof PDFRawStream ? [object.dict] : []
    })
  }
  const nameIn = (dictionary: PDFDict, key: string) =>
    dictionary.lookupMaybe(PDFName.of(key), PDFName)?.decodeText()
  const textIn = (dictionary: PDFDict, key: string) =>
    dictionary.lookupMaybe(PDFName.of(key), PDFString, PDFHexString)?.decodeText()
  const structure = (kind: string) =>
    dictionaries().filter((one) => nameIn(one, 'S') === kind && one.has(PDFName.of('P')))

  test('should be tagged, in its language, with its title shown', () => {
    const { catalog } = document
    assert.ok(catalog.lookup(PDFName.of('StructTreeRoot')) instanceof PDFDict)
    assert.equal(
      catalog.lookup(PDFName.of('MarkInfo'), PDFDict).lookup(PDFName.of('Marked'))?.toString(),
      'true',
    )
    assert.equal(textIn(catalog, 'Lang'), 'de')
    assert.equal(document.getTitle(), title)
    assert.equal(document.getAuthor(), 'A. B')
    const preferences = catalog.lookup(PDFName.of('ViewerPreferences'), PDFDict)
    assert.equal(preferences.lookup(PDFName.of('DisplayDocTitle'))?.toString(), 'true')
  })

  test('should have the headings as bookmarks, nested as they are', () => {
    const below = (parent: PDFDict): unknown[] => {
      const found: unknown[] = []
      for (
        let item = parent.lookupMaybe(PDFName.of('First'), PDFDict);
        item;
        item = item.lookupMaybe(PDFName.of('Next'), PDFDict)
      ) {
        const inner = below(item)
        found.push(inner.length > 0 ? [textIn(item, 'Title'), inner] : textIn(item, 'Title'))
      }
      return found
    }
    assert.deepEqual(below(document.catalog.lookup(PDFName.of('Outlines'), PDFDict)), [
      [title, ['Inhalt', ['One', ['Deeper x^2']], 'Two']],
    ])
  })

  test('should give each figure its alternative text', () => {
    assert.deepEqual(
      structure('Figure')
        .map((one) => textIn(one, 'Alt'))
        .filter((one) => one !== undefined),
      [alt],
    )
  })

  test('should tag tables with rows, and heads with what they are the heads of', () => {
    assert.equal(structure('Table').length, 1)
    assert.equal(structure('TR').length, 3)
    assert.equal(structure('TD').length, 2)
    const scopes = structure('TH').map((head) => {
      const attributes = head.lookup(PDFName.of('A'))
      const list = attributes instanceof PDFArray ? attributes.asArray() : [attributes]
      return list.flatMap((one) => {
        const own = one === undefined ? undefined : document.context.lookup(one)
        return (own instanceof PDFDict && nameIn(own, 'Scope')) || []
      })
    })
    assert.deepEqual(scopes.flat().sort(), ['Column', 'Column', 'Row', 'Row'])
  })

  test('should keep the text of links, in the contents too', async () => {
    const { getDocument } = await loadReader()
    const task = getDocument({ data: new Uint8Array(pdf), isEvalSupported: false })
    const links: string[] = []
    try {
      const read = await task.promise
      for (let number = 1; number <= read.numPages; number++) {
        const page = await read.getPage(number)
        const { items } = await page.getTextContent({ includeMarkedContent: true })
        const words = wordsById(items as readonly Item[])
        links.push(...linkTexts((await page.getStructTree()) as unknown as StructureNode, words))
      }
    } finally {
      await task.destroy()
    }
    // A drawn formula has no tag of its own.
    assert.deepEqual(
      links.map((link) => link.replace(/\s+/g, ' ').trim()),
      ['One 3', 'Deeper 3', 'Two 4', 'the loss'],
    )
  })

  test('should embed every font', () => {
    const fonts = dictionaries().filter((one) => nameIn(one, 'Type') === 'FontDescriptor')
    assert.ok(fonts.length > 2)
    for (const font of fonts) {
      const isIn = ['FontFile', 'FontFile2', 'FontFile3'].some((key) => font.has(PDFName.of(key)))
      assert.ok(isIn, nameIn(font, 'FontName'))
    }
  })

  test('should draw charts as vectors', () => {
    assert.deepEqual(
      dictionaries().filter((one) => nameIn(one, 'Subtype') === 'Image'),
      [],
    )
  })

  test('should pass qpdf --check', async (t) => {
    const run = promisify(execFile)
    const isThere = await run('qpdf', ['--version']).then(
      () => true,
      () => false,
    )
    if (!isThere) return t.skip('qpdf is not installed')
    const folder = mkdtempSync(join(tmpdir(), 'weft-test-'))
    after(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'report.pdf')
    writeFileSync(path, pdf)
    // It ends with another status where it warns.
    const { stdout } = await run('qpdf', ['--check', path])
    assert.match(stdout, /No syntax or stream encoding errors found/)
  })
})

interface Item {
  readonly type?: string
  readonly id?: string | null
  readonly str?: string
}

interface StructureNode {
  readonly role?: string
  readonly type?: string
  readonly id?: string
  readonly children?: readonly StructureNode[]
}

function wordsById(items: readonly Item[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  const open: string[] = []
  for (const { type, id, str } of items) {
    if (type?.startsWith('begin')) open.push(id ?? '')
    else if (type === 'endMarkedContent') open.pop()
    else words.set(open.at(-1) ?? '', `${words.get(open.at(-1) ?? '') ?? ''}${str}`)
  }
  return words
}

function linkTexts(node: StructureNode, words: ReadonlyMap<string, string>): string[] {
  if (node.role === 'Link') return [textBelow(node, words)]
  return (node.children ?? []).flatMap((child) => linkTexts(child, words))
}

function textBelow(node: StructureNode, words: ReadonlyMap<string, string>): string {
  if (node.type === 'content') return words.get(node.id ?? '') ?? ''
  return (node.children ?? []).map((child) => textBelow(child, words)).join(' ')
}
