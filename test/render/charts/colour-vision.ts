type Vector = readonly [number, number, number]
type Matrix = readonly [Vector, Vector, Vector]

/**
 * Transforms linear sRGB to what each kind of colour vision sees: Machado, Oliveira and Fernandes, "A
 * physiologically-based model for simulation of color vision deficiency" (2009), at severity 1.
 */
const VISIONS: { readonly [vision: string]: Matrix } = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Finds the two colours that are nearest in OKLab for any kind of colour vision. */
export function nearestColours(colours: readonly string[]): { distance: number; what: string } {
  const pairs = Object.entries(VISIONS).flatMap(([vision, matrix]) => {
    const seen = colours.map((colour) => oklab(times(matrix, linear(colour))))
    return seen.flatMap((one, index) =>
      seen.slice(0, index).map((other, second) => ({
        distance: Math.hypot(...one.map((part, axis) => part - other[axis]!)),
        what: `${colours[second]} and ${colours[index]} with ${vision}`,
      })),
    )
  })
  return pairs.reduce((least, pair) => (pair.distance < least.distance ? pair : least))
}

/** Computes the contrast on white by WCAG 2.2, from the relative luminance of sRGB. */
export function contrastOnWhite(colour: string): number {
  const [red, green, blue] = linear(colour)
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

function linear(colour: string): Vector {
  const part = (at: number) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

// Ottosson, "A perceptual color space for image processing" (2020).
function oklab(rgb: Vector): Vector {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt) as unknown as Vector
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
    false,
  )
}

function times(matrix: Matrix, vector: Vector, isLight = true): Vector {
  const row = (weights: Vector) => {
    const sum = weights.reduce((total, weight, axis) => total + weight * vector[axis]!, 0)
    return isLight ? Math.min(1, Math.max(0, sum)) : sum
  }
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])]
}
