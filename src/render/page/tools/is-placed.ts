import { type ChartUnit, isRecord } from './chart-units.ts'

/** Says whether a mark is placed in pixels, as legends and images are, or stands for no data at all. */
export function isPlaced({ encoding, isComputed, mark }: ChartUnit): boolean {
  const channels = Object.values(encoding).filter(isRecord)
  if (channels.length === 0) return !isComputed
  const places = [encoding.x, encoding.y].filter(isRecord)
  return mark.type === 'image' || places.some(({ scale }) => scale === null)
}
