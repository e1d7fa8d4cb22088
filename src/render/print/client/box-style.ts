import type { Float } from './flow.ts'
import type { Sheet } from './sheet.ts'

/** Gives the style of a box that stands for a figure. */
export function boxStyle(float: Float, sheet: Sheet): string {
  const [top, bottom] = float.margins
  return `height:${heightOf(float, sheet)}px;margin:${top}px 0 ${bottom}px;break-inside:avoid`
}

/** Gives the height of what stands for a figure. A page of its own is one that it fills. */
export function heightOf({ height, placement }: Float, sheet: Sheet): number {
  return placement === 'page' ? sheet.height : height
}
