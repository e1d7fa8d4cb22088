import { button } from './button.ts'
import { stored } from './stored.ts'

type Scheme = 'light' | 'dark'

/** Puts a button on the page that turns it dark or light; it follows the system until it is pressed. */
export function themeToggle(bar: HTMLElement): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const own = (): Scheme | undefined => document.documentElement.dataset.theme as Scheme | undefined
  const current = (): Scheme => own() ?? (system.matches ? 'dark' : 'light')
  const toggle = button('Dark', () => {
    const next = current() === 'dark' ? 'light' : 'dark'
    document.documentElement.dataset.theme = next
    stored.write('weft-theme', next)
    show()
  })
  const show = () => toggle.setAttribute('aria-pressed', String(current() === 'dark'))
  system.addEventListener('change', show)
  show()
  bar.append(toggle)
}
