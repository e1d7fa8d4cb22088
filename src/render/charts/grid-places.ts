/** Where an image stands in a grid, counted from 0. */
export interface Place {
  readonly column: number
  readonly row: number
}

/** Puts images into rows, in their order; a group starts a new row, and so does an image that no longer fits. */
export function gridPlaces(groups: readonly (string | undefined)[], columns: number): Place[] {
  const places: Place[] = []
  let firstRow = 0
  for (const group of new Set(groups)) {
    const members = groups.flatMap((one, index) => (one === group ? [index] : []))
    members.forEach((index, position) => {
      places[index] = { column: position % columns, row: firstRow + Math.floor(position / columns) }
    })
    firstRow += Math.ceil(members.length / columns)
  }
  return places
}
