/** Says that a preview has changed the page. */
export const patched = 'weft-patched'
/** Says that a preview has changed the data of the cards. */
export const cardsChanged = 'weft-cards'

/** Does something each time a preview has changed the page: elements may be new ones, or others. */
export function onPatch(act: () => void): void {
  document.addEventListener(patched, act)
}
