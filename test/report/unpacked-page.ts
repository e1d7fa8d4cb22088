import assert from 'node:assert/strict'
import { wordsFor } from '../../src/render/model/words.ts'
import { unpacked } from '../../src/render/page/client/unpack.ts'
import { plainCode } from '../../src/render/page/tools/code-tokens.ts'
import { csvAddress, readCsv } from '../../src/render/page/tools/data-table.ts'
import { dataMarkup } from '../../src/render/page/tools/for-screen.ts'

/** Gives the main part of an English page with its data shown, as a page without programs shows them. */
export function withShownData(main: string): string {
  const tools = /(<div class="weft-tools weft-screen"[^>]*) data-csv="([^"]*)">(.*?<\/div><\/div>)/gs
  return main.replace(tools, (_, opening: string, data: string, content: string) => {
    const csv = unpacked(data)
    const [columns, ...rows] = readCsv(csv)
    assert.ok(columns, `expected columns, found ${csv}`)
    const table = { columns, rows: rows.map((row) => row.map(numberOrText)) }
    const fold = / data-label="Data of ([^"]*)">(<summary>.*?<\/summary>)<\/details>/g
    const shown = content
      .replace(fold, (_, name: string, summary: string) => {
        return `>${summary}${dataMarkup(table, name, wordsFor('en'))}</details>`
      })
      .replace('href="data:text/csv,"', `href="${csvAddress(csv)}"`)
    return `${opening}>${shown}`
  })
}

/** Gives the main part of a page with the marks of its code in lists, as a page with programs has folded code. */
export function withPackedCode(main: string): string {
  return main.replace(/(<code [^>]*)>(.*?)<\/code>/gs, (whole, opening: string, markup: string) => {
    const plain = plainCode(markup)
    assert.ok(plain, `expected code with marks of tokens alone, found ${whole}`)
    return `${opening} data-tokens="${plain.tokens}">${plain.markup}</code>`
  })
}

function numberOrText(text: string): string | number {
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}
