/** Adds what a screen reader speaks when its text changes; gives the function that changes it. */
export function liveRegion(): (message: string) => void {
  const region = document.createElement('div')
  region.className = 'sr-only weft-status'
  region.setAttribute('role', 'status')
  document.body.append(region)
  return (message) => {
    region.textContent = ''
    // An equal message again is a change only after an empty one was there.
    requestAnimationFrame(() => {
      region.textContent = message
    })
  }
}
