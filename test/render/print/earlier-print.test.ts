import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { printKey, printOnce } from '../../../src/render/print/earlier-print.ts'
import type { NumberMemory } from '../../../src/render/print/print-pages.ts'

const printed = { pdf: Buffer.from('%PDF a print'), pages: 3, sections: [], warnings: ['one'] }
const key = 'print of a page'

function open(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'weft-earlier-print-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'report.pdf')
  const kept = new Map<string, string>()
  const asked: string[] = []
  const memory = {
    get(name: string) {
      asked.push(name)
      return kept.get(name)
    },
    set: (name: string, text: string) => void kept.set(name, text),
  }
  let made = 0
  const make = async (own: NumberMemory) => {
    made++
    own.get('plan')
    own.set('numbers', '[1]')
    return printed
  }
  const print = (other: { key?: string | undefined; isFresh?: boolean } = {}) =>
    printOnce(make, { key, memory, path, ...other })
  const write = (content: string) => writeFileSync(path, content)
  return { print, write, path, asked, made: () => made }
}

describe('printOnce', () => {
  it('should take the beginning of what the last build wrote', async (t) => {
    const { print, write, made } = open(t)
    assert.equal((await print()).isKept, false)
    write('%PDF a print and what was attached')
    const { pdf, isKept, ...rest } = await print()
    assert.equal(isKept, true)
    assert.equal(Buffer.from(pdf).toString(), '%PDF a print')
    assert.deepEqual(rest, { pages: 3, sections: [], warnings: ['one'] })
    assert.equal(made(), 1)
  })

  it('should keep what the next print of a changed page wants', async (t) => {
    const { print, write, asked } = open(t)
    await print()
    write('%PDF a print')
    asked.length = 0
    await print()
    assert.deepEqual([...asked].sort(), ['numbers', 'plan', key])
  })

  it('should print another page, and one whose file is gone, short or damaged', async (t) => {
    const { print, write, path, made } = open(t)
    await print()
    const expectPrinted = async (why: string, other = {}) => {
      const before = made()
      assert.equal((await print(other)).isKept, false, why)
      assert.equal(made(), before + 1, why)
    }
    await expectPrinted('no file')
    write('%PDF a prin')
    await expectPrinted('short')
    write('%PDF b print and more')
    await expectPrinted('damaged')
    write('%PDF a print')
    await expectPrinted('another page', { key: 'print of another page' })
    await expectPrinted('fresh', { isFresh: true })
    await expectPrinted('nothing names it', { key: undefined })
    assert.equal((await print()).isKept, true)
    rmSync(path)
    await expectPrinted('gone')
  })
})

describe('printKey', () => {
  it('should name all that decides a print', async () => {
    const browser = { origin: 'bundled', version: 'Chrome/147' }
    const settings = { date: new Date(0), floats: true }
    const keys = [
      await printKey('<p>a', browser, settings),
      await printKey('<p>b', browser, settings),
      await printKey('<p>a', { ...browser, version: 'Chrome/148' }, settings),
      await printKey('<p>a', browser, { ...settings, date: new Date(1) }),
      await printKey('<p>a', browser, { ...settings, floats: false }),
    ]
    assert.equal(new Set(keys).size, keys.length)
    assert.equal(await printKey('<p>a', browser, settings), keys[0])
  })

  it('should not trust a browser whose fonts may change', async () => {
    const browser = { origin: 'installed', version: 'Chrome/147' }
    assert.equal(await printKey('<p>a', browser, { date: new Date(0), floats: true }), undefined)
  })
})
