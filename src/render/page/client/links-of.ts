/** Finds the row of links and buttons below a figure. */
export function linksOf(box: HTMLElement): HTMLElement | null {
  const tools = box.closest('figure')?.nextElementSibling
  return tools?.classList.contains('weft-tools') ? tools.querySelector<HTMLElement>('.weft-links') : null
}
