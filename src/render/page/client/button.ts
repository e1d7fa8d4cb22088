/** Makes a button with a text, or with a sign and the words for it. */
export function button(text: string, onPress: () => void, label?: string): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'weft-button'
  made.textContent = text
  if (label !== undefined) {
    made.setAttribute('aria-label', label)
    made.title = label
  }
  made.addEventListener('click', onPress)
  return made
}
