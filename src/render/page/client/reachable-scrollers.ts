const boxes: { readonly [selector: string]: string } = {
  '.katex-display': 'Formula',
  '.weft-scroll': 'Table',
  '.weft-lists>ol': 'List',
}

/** Lets keys reach every box that scrolls, for as long as it does. */
export function reachableScrollers(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) update(target as HTMLElement)
  })
  for (const selector of Object.keys(boxes)) {
    for (const box of document.querySelectorAll<HTMLElement>(selector)) {
      update(box)
      observer.observe(box)
    }
  }
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
  return Object.entries(boxes).find(([selector]) => box.matches(selector))?.[1] ?? 'Table'
}
