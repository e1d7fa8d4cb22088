import { encodePng } from '../charts/png.ts'

interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/**
 * Makes as much of a canvas as a drawing in SVG needs, where a picture stands in it: coloured rectangles, as in a legend of
 * colours, or pixels, as in a raster. Its paper is white.
 */
export function makeCanvas() {
  let pixels: Pixels | undefined
  const context = {
    fillStyle: '#000000',
    fillRect(x: number, y: number, width: number, height: number) {
      pixels ??= context.createImageData(canvas.width, canvas.height)
      const colour = channelsOf(context.fillStyle)
      for (let row = y; row < y + height; row++)
        for (let column = x; column < x + width; column++)
          pixels.data.set(colour, 4 * (row * pixels.width + column))
    },
    createImageData: (width: number, height: number): Pixels => ({
      width,
      height,
      data: new Uint8ClampedArray(4 * width * height),
    }),
    putImageData(image: Pixels) {
      pixels = image
    },
  }
  const canvas = {
    width: 300,
    height: 150,
    getContext(kind: string) {
      if (kind === '2d') return context
      throw new Error(`Cannot draw on a canvas, expected the context 2d, found ${kind}`)
    },
    toDataURL() {
      const image = pixels ?? context.createImageData(canvas.width, canvas.height)
      return `data:image/png;base64,${encodePng(onWhite(image)).toString('base64')}`
    },
  }
  return canvas
}

// Red, green, blue and opacity, each up to 255.
function channelsOf(colour: string): number[] {
  const [, red, green, blue, opacity = 1] =
    /^rgba?\((\d+), *(\d+), *(\d+)(?:, *([\d.e-]+))?\)$/.exec(colour) ?? []
  if (blue !== undefined) return [...[red, green, blue].map(Number), 255 * Number(opacity)]
  const [, digits] = /^#([0-9a-f]{6})$/i.exec(colour) ?? []
  if (digits !== undefined)
    return [...[0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)), 255]
  throw new Error(
    `Cannot paint on a canvas, expected a colour as rgb(0, 114, 178) or #0072b2, found ${colour}`,
  )
}

function onWhite({ width, height, data }: Pixels) {
  const rgb = new Uint8Array(3 * width * height)
  for (let at = 0; at < width * height; at++) {
    const share = data[4 * at + 3]! / 255
    for (let channel = 0; channel < 3; channel++)
      rgb[3 * at + channel] = Math.round(share * data[4 * at + channel]! + 255 * (1 - share))
  }
  return { width, height, pixels: rgb, channels: 3 } as const
}
