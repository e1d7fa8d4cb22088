const key = 'weft-preview-place'

interface Place {
  readonly path: string
  /** Id of an element near the top of the window, and how far below that top it begins. */
  readonly id?: string
  readonly top: number
  readonly scrollY: number
}

/** Remembers what stands at the top of the window, for the page that is loaded next. */
export function savePlace(): void {
  // The contents stay where they are.
  const near = [...document.querySelectorAll<HTMLElement>('main section [id]')]
    .map((element) => ({ id: element.id, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.height > 0 || box.width > 0)
  const found = near.find(({ box }) => box.top >= 0) ?? near.at(-1)
  const place: Place = { path: location.pathname, id: found?.id, top: found?.box.top ?? 0, scrollY }
  try {
    sessionStorage.setItem(key, JSON.stringify(place))
  } catch {
    // The browser itself keeps the scroll roughly.
  }
}

/** Scrolls to what stood at the top of the window when the page was left, once. */
export function restorePlace(): void {
  let place: Place
  try {
    const text = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    if (text === null) return
    place = JSON.parse(text) as Place
  } catch {
    return
  }
  if (place.path !== location.pathname) return
  history.scrollRestoration = 'manual'
  const go = () => {
    const target = place.id === undefined ? null : document.getElementById(place.id)
    if (target) scrollBy({ top: target.getBoundingClientRect().top - place.top, behavior: 'instant' })
    else scrollTo({ top: place.scrollY, behavior: 'instant' })
  }
  go()
  // Fonts and figures change heights while they load.
  addEventListener('load', go, { once: true })
}
