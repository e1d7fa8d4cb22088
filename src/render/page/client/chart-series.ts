import type { Item } from 'vega'
import { button } from './button.ts'
import type { Chart } from './chart-zoom.ts'
import { linksOf } from './links-of.ts'
import type { SeriesField } from './series-field.ts'

/**
 * Lets a reader choose series: by pressing their names in the legend, or by buttons that keys reach. The first press
 * shows one series alone, the next ones add and take away; without any, all are shown.
 */
export function chartSeries({ box, view }: Chart, { field, names }: SeriesField): void {
  const shown = new Set<string>()
  const buttons = new Map(names.map((name) => [name, button(name, () => toggle(name))]))
  const toggle = (name: string) => {
    if (!shown.delete(name)) shown.add(name)
    if (shown.size === names.length) shown.clear()
    for (const [one, made] of buttons) made.setAttribute('aria-pressed', String(shown.has(one)))
    view.signal('weftShown', shown.size === 0 ? null : [...shown])
    setTimeout(() => view.run())
  }
  view.addEventListener('click', (_event, item) => {
    const name = item ? nameOf(item, field) : undefined
    if (name !== undefined && buttons.has(name)) toggle(name)
  })
  const group = document.createElement('div')
  group.className = 'weft-series'
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', 'Series shown')
  for (const made of buttons.values()) {
    made.setAttribute('aria-pressed', 'false')
    group.append(made)
  }
  linksOf(box)?.after(group)
  box.dataset.series = String(names.length)
}

// In a legend of vega's own a name is its value; in one drawn as a view it is in a row that has a place.
function nameOf(item: Item, field: string): string | undefined {
  const datum = item.datum as { readonly [key: string]: unknown } | undefined
  const role = (item as { readonly mark?: { readonly role?: string } }).mark?.role ?? ''
  if (role.startsWith('legend')) return datum?.value === undefined ? undefined : String(datum.value)
  return datum && 'label' in datum && 'middle' in datum ? String(datum[field]) : undefined
}
