/** Makes a title of a field's name: `gradientNorm` -> `Gradient norm`. */
export function titleOf(field: string): string {
  const words = field
    .replace(/([a-z\d])([A-Z])(?=[a-z])/g, (_, before, first) => `${before} ${first.toLowerCase()}`)
    .replace(/_/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
