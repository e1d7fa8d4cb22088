import type { Page } from 'puppeteer-core'

/** Something on the page that must be verified. */
export interface Target {
  readonly index: number
  readonly text: string
  /** Table that it stands in, for cells and captions. */
  readonly figure: string
  /** Cell of the report that wrote it as prose or plainly. */
  readonly cell: string
  /** Of a value. */
  readonly id: string | undefined
}

const selector =
  'main [data-value]:not(.weft-claim), .weft-table :is(td,th), figcaption .weft-number, [data-cell] em, [data-output]'

/** Lists what can be mutated: values, cells of tables, numbers of captions, and what a cell wrote. */
export function targetsOf(page: Page): Promise<Target[]> {
  return page.evaluate((selector) => {
    const all = [...document.querySelectorAll(selector)]
    return all.flatMap((element, index) => {
      if (element.closest('.weft-navigation')) return []
      const figure = element.closest('figure')
      const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim()
      return text === ''
        ? []
        : [
            {
              index,
              text,
              figure: figure?.id ?? '',
              cell: element.closest<HTMLElement>('[data-cell]')?.dataset.cell ?? '',
              id: (element as HTMLElement).dataset.value,
            },
          ]
    })
  }, selector)
}

/** Changes the text of elements; `swap` with that of the element that follows; `-…` adds a sign before it. */
export function changeTexts(page: Page, indexes: readonly number[], how: string): Promise<void> {
  return page.evaluate(
    (selector, indexes, how) => {
      const all = [...document.querySelectorAll(selector)]
      const saved = Object.assign(globalThis, { weftSaved: [] as [Element, string][] }).weftSaved
      for (const index of indexes) {
        const [element, other] = [
          all[index]!,
          all.slice(index + 1).find((one) => !all[index]!.contains(one))!,
        ]
        saved.unshift([element, element.innerHTML])
        const text = element.textContent ?? ''
        if (how === 'drop') element.textContent = ''
        if (how.includes('…')) element.textContent = how.replace('…', text)
        if (how === 'minus') element.textContent = text.replace('\u2212', '')
        if (how === 'change')
          element.textContent = text.replace(/[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u, (last) =>
            /\d/.test(last) ? String(9 - Number(last)) : last === 'x' ? 'y' : 'x',
          )
        if (how === 'swap') {
          saved.unshift([other, other.innerHTML])
          element.textContent = other.textContent
          other.textContent = text
        }
      }
    },
    selector,
    indexes,
    how,
  )
}

/** Styles the words of elements, each in a box of its own; `cover` lays a white box over them. */
export function hideTexts(page: Page, indexes: readonly number[], how: string): Promise<void> {
  return page.evaluate(
    (selector, indexes, how) => {
      const all = [...document.querySelectorAll(selector)]
      const saved = Object.assign(globalThis, { weftSaved: [] as [Element, string][] }).weftSaved
      for (const index of indexes) {
        const element = all[index]!
        saved.unshift([element, element.innerHTML])
        const box = document.createElement('span')
        if (how === 'cover') {
          box.style.cssText =
            'position:absolute;background:#fff;width:9em;height:2em;margin:-.5em 0 0 -4em;pointer-events:none'
          element.append(box)
        } else {
          box.style.cssText = how
          box.append(...element.childNodes)
          element.append(box)
        }
      }
    },
    selector,
    indexes,
    how,
  )
}

/**
 * Moves what one cell of a table holds into an empty neighbour (`move`), or lays it out there (`shift`); gives the text
 * of each cell that can be moved so, of which that with the index was.
 */
export function moveCell(page: Page, index: number, how: 'move' | 'shift'): Promise<string[]> {
  return page.evaluate(
    (index, how) => {
      const saved = Object.assign(globalThis, { weftSaved: [] as [Element, string][] }).weftSaved
      const pairs = [...document.querySelectorAll<HTMLTableCellElement>('main td')].flatMap((cell) => {
        const sides = [cell.previousElementSibling, cell.nextElementSibling]
        const free = sides.filter((side) => side !== null && side.textContent === '')
        return cell.textContent === '' ? [] : free.map((side) => [cell, side!] as const)
      })
      const texts = pairs.map(([{ textContent }]) => textContent ?? '')
      const [cell, free] = pairs[index] ?? []
      if (cell && free) {
        saved.push([cell, cell.innerHTML], [free, free.innerHTML])
        const far = free.getBoundingClientRect().right - cell.getBoundingClientRect().right
        if (how === 'move') free.append(...cell.childNodes)
        else cell.innerHTML = `<span style="position:relative;left:${far}px">${cell.innerHTML}</span>`
      }
      return texts
    },
    index,
    how,
  )
}

/** Makes the page as it was. */
export function restore(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { weftSaved = [] } = globalThis as { weftSaved?: [Element, string][] }
    for (const [element, html] of weftSaved) element.innerHTML = html
  })
}
