/** A cell of a table of the loaded page. */
export interface PageCell {
  readonly text: string
  /** Where its words are laid out, if that is not where it belongs: `stands in another column`. */
  readonly astray: string
}

/** What the elements of a loaded page hold, without the sources of formulas. */
export interface PageTexts {
  /** Of all tables, in order: their rows, the head first. */
  readonly tables: readonly (readonly (readonly PageCell[])[])[]
  /** Of plain outputs: id and text. */
  readonly outputs: readonly (readonly [id: string, text: string])[]
  /** Of values: id and text. */
  readonly values: readonly (readonly [id: string, text: string])[]
}

/** Reads the cells of tables, plain outputs and values of the loaded page. Runs in the page, hence whole in itself. */
export function readPage(): PageTexts {
  // Methods, since what bundles this would give functions of their own a name that the page does not know.
  const read = {
    words(element: Element): Text[] {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      const found: Text[] = []
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (!node.parentElement!.closest('.katex-mathml,script,style')) found.push(node as Text)
      return found
    },
    text(element: Element): string {
      return read
        .words(element)
        .map(({ data }) => data)
        .join('')
    },
    tables(): PageTexts['tables'] {
      return [...document.querySelectorAll<HTMLTableElement>('main table')].map(({ rows }) => {
        const heads = [...(rows[0]?.cells ?? [])].map((cell) => cell.getBoundingClientRect())
        return [...rows].map((row) => read.row(row, heads))
      })
    },
    row({ cells }: HTMLTableRowElement, heads: readonly DOMRect[]): PageCell[] {
      const isPlain = cells.length === heads.length && [...cells].every(({ colSpan }) => colSpan === 1)
      return [...cells].map((cell, column) => ({
        text: read.text(cell),
        astray: isPlain ? read.astray(cell, heads[column]!) : '',
      }))
    },
    // Of each word's middle, since long ones may stick out.
    astray(cell: HTMLElement, head: DOMRect): string {
      const own = cell.getBoundingClientRect()
      const range = document.createRange()
      for (const node of read.words(cell)) {
        range.selectNodeContents(node)
        const box = range.getBoundingClientRect()
        if (box.width === 0 || node.data.trim() === '') continue
        const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
        if (x < head.left - 1 || x > head.right + 1) return 'stands in another column'
        if (y < own.top - 1 || y > own.bottom + 1) return 'stands in another row'
      }
      return ''
    },
  }
  return {
    tables: read.tables(),
    outputs: [...document.querySelectorAll<HTMLElement>('main [data-output]')].map((element) => [
      element.dataset.output!,
      read.text(element),
    ]),
    values: [...document.querySelectorAll<HTMLElement>('main [data-value]:not(.weft-claim)')].map(
      (element) => [element.dataset.value!, read.text(element)],
    ),
  }
}
