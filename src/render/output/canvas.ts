import { encodePng } from '../charts/png.ts'

interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/**
 * Makes as much of a canvas as a drawing in SVG needs, where a picture stands in it: rectangles, as in a colour legend,
 * or pixels, as in a raster on white paper.
 */
export function makeCanvas() {
  const rectangles: string[] = []
  let pixels: Pixels | undefined
  const context = {
    fillStyle: '#000',
    fillRect(x: number, y: number, width: number, height: number) {
      rectangles.push(
        `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${context.fillStyle}"/>`,
      )
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
      if (pixels) return `data:image/png;base64,${encodePng(onWhite(pixels)).toString('base64')}`
      const { width, height } = canvas
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" shape-rendering="crispEdges">${rectangles.join('')}</svg>`
      return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
    },
  }
  return canvas
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
