import type { Cards } from '../../model/types.ts'
import { button } from './button.ts'
import type { OriginCard } from './origin-card.ts'
import { originOf, stops } from './origin-of.ts'

const steps: { readonly [key: string]: number } = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/**
 * Adds a button from which keys go through the numbers of the page: arrows to the next and the one before, Enter into
 * the card, Escape back to the button. Numbers are no tab stops of their own: a page has hundreds.
 */
export function originKeys(bar: HTMLElement, card: OriginCard, cards: Cards): void {
  const all = () =>
    [...document.querySelectorAll<HTMLElement>(stops)].filter(
      (one) => one.getClientRects().length > 0 && originOf(one, cards),
    )
  const go = (stop: HTMLElement | undefined) => {
    if (!stop) return
    stop.tabIndex = -1
    stop.scrollIntoView({ block: 'nearest' })
    card.show(stop, true)
    stop.focus({ preventScroll: true })
  }
  const start = button(
    'Origins',
    () => go(all().find((one) => one.getBoundingClientRect().top >= 0) ?? all().at(-1)),
    'Origins: go through the numbers and where they come from, with the arrow keys',
  )
  bar.append(start)
  document.addEventListener('keydown', (event) => {
    const present = document.activeElement as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape' && (present.matches(stops) || card.element.contains(present))) start.focus()
    if (!present.matches(stops)) return
    const step = steps[event.key]
    const link = event.key === 'Enter' ? card.element.querySelector('a') : null
    if (step === undefined && !link) return
    event.preventDefault()
    link?.focus()
    if (step !== undefined) {
      const list = all()
      go(list[list.indexOf(present) + step])
    }
  })
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    const left = target as HTMLElement
    if (!left.matches(stops)) return
    left.removeAttribute('tabindex')
    if (!card.element.contains(relatedTarget as Node | null) && card.target() === left) card.hide()
  })
}
