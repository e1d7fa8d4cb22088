import { button } from './button.ts'
import { codeColours } from './code-colours.ts'
import { contentsBehaviour } from './contents-behaviour.ts'
import { copyButtons } from './copy-buttons.ts'
import { loadCharts } from './load-charts.ts'
import { onPatch } from './on-patch.ts'
import { originCards } from './origin-cards.ts'
import { outputData } from './output-data.ts'
import { words } from './words.ts'

/** Boxes that may scroll, and what a reader who hears the page is told they are. */
const scrollers: { readonly [selector: string]: string } = {
  '.katex-display': words.formula,
  '.weft-scroll': words.table,
  '.weft-lists>ol': words.list,
}

// What every page can do on a screen. Runs at the end of the page, when all of it is there.
const bar = document.createElement('div')
bar.className = 'weft-bar'
bar.setAttribute('role', 'region')
bar.setAttribute('aria-label', words.page)
document.querySelector('.weft-skip')?.after(bar)
contentsBehaviour(bar)
themeToggle(bar)
originCards(bar)
copyButtons()
openCode()
codeColours()
outputData()
loadCharts()
reachableScrollers()

type Scheme = 'light' | 'dark'

/** Puts a button on the page that turns it dark or light; it follows the system until it is pressed. */
function themeToggle(bar: HTMLElement): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const own = (): Scheme | undefined => document.documentElement.dataset.theme as Scheme | undefined
  const current = (): Scheme => own() ?? (system.matches ? 'dark' : 'light')
  const toggle = button(words.dark, () => {
    const next = current() === 'dark' ? 'light' : 'dark'
    document.documentElement.dataset.theme = next
    remember('weft-theme', next)
    show()
  })
  const show = () => toggle.setAttribute('aria-pressed', String(current() === 'dark'))
  system.addEventListener('change', show)
  show()
  bar.append(toggle)
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A page without storage forgets.
  }
}

/** Unfolds the code that a link leads to, hidden or not, where the browser does not do so itself. */
function openCode(): void {
  const open = () => {
    const id = decodeURIComponent(location.hash.slice(1))
    const target = id === '' ? null : document.getElementById(id)
    const fold = target?.closest('details')
    if (!fold || (fold.open && !fold.hidden)) return
    fold.hidden = false
    fold.open = true
    target!.scrollIntoView()
  }
  addEventListener('hashchange', open)
  // A second press of the same link changes no hash.
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest(':is(.weft-links,.weft-card) a[href^="#"]')) setTimeout(open)
  })
  open()
}

/** Lets keys reach every box that scrolls, for as long as it does. */
function reachableScrollers(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) update(target as HTMLElement)
  })
  const reach = () => {
    for (const selector of Object.keys(scrollers)) {
      for (const box of document.querySelectorAll<HTMLElement>(selector)) {
        update(box)
        observer.observe(box)
      }
    }
  }
  reach()
  onPatch(reach)
}

function update(box: HTMLElement): void {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight
  if (box.tabIndex >= 0 && box.dataset.reached === undefined) return
  box.toggleAttribute('data-reached', scrolls)
  if (!scrolls) {
    for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name)
    return
  }
  box.tabIndex = 0
  // A list keeps its own role.
  if (box.tagName === 'OL') return
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', labelOf(box))
}

function labelOf(box: HTMLElement): string {
  const name = box.closest('figure')?.querySelector('.weft-number')?.textContent?.replace(/\.$/, '')
  if (name) return name
  return Object.entries(scrollers).find(([selector]) => box.matches(selector))?.[1] ?? words.table
}
