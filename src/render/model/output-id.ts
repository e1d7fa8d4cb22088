/**
 * Gives the id of what a cell shows, by its place among the cell's outputs: the label itself for the first, with a
 * number from the second on. The label of a listing is that of the code, so that there all have a number.
 */
export function outputId(label: string, index: number): string {
  return index === 0 && !label.startsWith('lst-') ? label : `${label}-${index + 1}`
}
