import type { Cards } from '../../model/cards.ts'
import { button } from './button.ts'
import { cardsChanged, onPatch } from './on-patch.ts'
import { fillCard, type OriginCard, originOf, stopOf, stops } from './origin-card.ts'
import { boxBeside, describeBy, placeBeside } from './place-beside.ts'
import { words } from './words.ts'

// So long a pointer may pass over a number, or be on its way to the card.
const delayMs = 250

/** Shows where a number comes from when a reader points at it, taps it or reaches it by keys. */
export function originCards(bar: HTMLElement): void {
  const data = document.querySelector('script.weft-cards')
  if (!data) return
  const cards = cardsIn(data)
  const card = openCard(cards)
  onPatch(() => {
    if (!card.target()?.isConnected) card.hide()
  })
  const stay = pointing(card, cards)
  pressing(card, cards, stay)
  originKeys(bar, card, cards)
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    stay()
    card.hide()
  })
}

type ReadCards = () => Cards

// Read when they are first wanted, and after each change: a long report has hundreds of kilobytes of them.
function cardsIn(data: Element): ReadCards {
  let cards: Cards | undefined
  document.addEventListener(cardsChanged, () => {
    cards = undefined
  })
  return () => {
    cards ??= JSON.parse(data.textContent!) as Cards
    return cards
  }
}

function openCard(cards: ReadCards): OriginCard {
  const element = boxBeside('weft-card')
  element.setAttribute('aria-label', words.origin)
  const state: { target?: HTMLElement; forget?: () => void } = {}
  const hide = () => {
    state.target?.removeAttribute('data-origin')
    state.forget?.()
    state.target = undefined
    state.forget = undefined
    element.hidden = true
  }
  return {
    element,
    target: () => state.target,
    hide,
    show(target, isPinned) {
      if (state.target !== target) {
        hide()
        fillCard(element, originOf(target, cards())!, cards())
        target.setAttribute('data-origin', '')
        state.forget = describeBy(target, element)
        element.hidden = false
        placeBeside(element, target)
      }
      state.target = target
      element.toggleAttribute('data-pinned', isPinned)
    },
  }
}

// Gives what makes the card stay as a press or a key leaves it, although the pointer has just come to a number.
function pointing(card: OriginCard, cards: ReadCards): () => void {
  const state: { timer?: ReturnType<typeof setTimeout>; next?: HTMLElement } = {}
  document.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return
    const over = event.target as Element
    const next = card.element.contains(over) ? card.target() : stopOf(over, cards())
    if (next === state.next && state.timer !== undefined) return
    clearTimeout(state.timer)
    state.next = next
    state.timer = setTimeout(() => {
      state.timer = undefined
      if (card.element.hasAttribute('data-pinned') && card.target()) return
      if (next) card.show(next, false)
      else card.hide()
    }, delayMs)
  })
  return () => {
    clearTimeout(state.timer)
    state.timer = undefined
  }
}

function pressing(card: OriginCard, cards: ReadCards, stay: () => void): void {
  document.addEventListener('click', ({ target }) => {
    const pressed = target as Element
    if (card.element.contains(pressed) || pressed.closest('a,button,summary,input,label')) return
    stay()
    const stop = stopOf(pressed, cards())
    // Whoever marks text to copy it means no card.
    if (!stop || String(getSelection()) !== '') return card.hide()
    if (card.target() === stop && card.element.hasAttribute('data-pinned')) return card.hide()
    card.show(stop, true)
  })
}

const steps: { readonly [key: string]: number } = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/**
 * Adds a button from which keys go through the numbers of the page: arrows to the next and the one before, Enter into
 * the card, Escape back to the button. Numbers are no tab stops of their own: a page has hundreds.
 */
function originKeys(bar: HTMLElement, card: OriginCard, cards: ReadCards): void {
  const all = () =>
    [...document.querySelectorAll<HTMLElement>(stops)].filter(
      (one) => one.getClientRects().length > 0 && originOf(one, cards()),
    )
  const go = (stop: HTMLElement | undefined) => {
    if (!stop) return
    stop.tabIndex = -1
    stop.scrollIntoView({ block: 'nearest' })
    card.show(stop, true)
    stop.focus({ preventScroll: true })
  }
  const start = button(
    words.origins,
    () => go(all().find((one) => one.getBoundingClientRect().top >= 0) ?? all().at(-1)),
    words.originsHint,
  )
  start.classList.add('weft-origins')
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
