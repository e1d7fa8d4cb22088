import { words } from './words.ts'

const choices = { auto: words.auto, light: words.light, dark: words.dark } as const
type Choice = keyof typeof choices

/** Puts a choice on the page that makes it light or dark; without one it follows the system. The print is always light. */
export function themeChoice(bar: HTMLElement): void {
  const root = document.documentElement
  const select = document.createElement('select')
  select.className = 'weft-button weft-theme'
  select.setAttribute('aria-label', words.theme)
  select.title = words.theme
  for (const [value, text] of Object.entries(choices)) select.append(new Option(text, value))
  select.value = (root.dataset.theme as Choice | undefined) ?? 'auto'
  select.addEventListener('change', () => {
    const choice = select.value as Choice
    if (choice === 'auto') delete root.dataset.theme
    else root.dataset.theme = choice
    remember(choice)
  })
  bar.append(select)
}

function remember(choice: Choice): void {
  try {
    if (choice === 'auto') localStorage.removeItem('weft-theme')
    else localStorage.setItem('weft-theme', choice)
  } catch {
    // A page without storage forgets.
  }
}
