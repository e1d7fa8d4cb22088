import type { Float } from './flow.ts'
import type { Leaf } from './leaves.ts'

/**
 * Puts an element, a figure or what stands for it, behind a text of its own section, or first in the section.
 *
 * @param last The figure before it, if that stands behind the same text.
 */
export function insertBehind(
  { leaf }: Pick<Float, 'leaf'>,
  slot: number,
  element: HTMLElement,
  texts: readonly Leaf[],
  last?: HTMLElement,
): void {
  const text = texts[slot]
  if (last && last.parentElement === leaf.section) last.after(element)
  else if (text && text.section === leaf.section) text.element.after(element)
  else leaf.section.prepend(element)
}
