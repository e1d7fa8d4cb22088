/** Unfolds the code that a link leads to, hidden or not, where the browser does not do so itself. */
export function openCode(): void {
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
