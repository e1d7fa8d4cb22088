import type { Json } from '../model/types.ts'
import type { SettledChannel } from './channel.ts'
import { numberLabels, ownLabels, unitOf } from './number-label.ts'
import { textRoom } from './text-room.ts'
import { integerTicks, linearTicks, logTicks, niceDomain } from './ticks.ts'

/** How far a logarithmic axis extends beyond its values, as a share of its length. */
const LOG_MARGIN = 0.03
const LABEL_GAP_PX = 7

/** A complete layout of an axis, so that its room is known before drawing. */
export interface NumberAxis {
  readonly isLog: boolean
  readonly domain: readonly [number, number]
  readonly ticks: readonly number[]
  /** One label for each tick, empty if it would collide. */
  readonly labels: readonly string[]
}

interface AxisOptions {
  /** Number of ticks that fit. */
  readonly count: number
  /** Whether the axis ends at ticks rather than at the values. */
  readonly isNice: boolean
  /** Limits of possible values: a share, for example, cannot exceed 1. */
  readonly limits?: readonly [number, number]
  /** How far a linear axis extends beyond its values, as a share of its length. */
  readonly margin?: number
}

/** Lays out the axis of a channel for the values it shows. */
export function numberAxis(
  values: readonly number[],
  channel: SettledChannel,
  { count, isNice, limits = [-Infinity, Infinity], margin = 0 }: AxisOptions,
): NumberAxis {
  const { isLog, format } = channel
  const extent: [number, number] = [
    Math.max(limits[0], Math.min(...values)),
    Math.min(limits[1], Math.max(...values)),
  ]
  // 1. Ticks are even in the unit of the labels.
  const unit = unitOf(format, Math.max(...(channel.domain ?? extent).map(Math.abs)), isLog)
  const inUnit = (pair: readonly [number, number]): [number, number] => [
    pair[0] / unit.size,
    pair[1] / unit.size,
  ]
  const own = isLog ? logDomain(extent) : linearDomain(extent, limits)
  const wide = inUnit(channel.domain ?? own)
  const domain = isNice && !isLog && channel.domain === undefined ? niceDomain(wide, count) : wide
  // 2. The author's ticks come first; an axis with a single value needs no others.
  const isSingle = !isNice && extent[0] === extent[1] && channel.domain === undefined
  const ownTicks = channel.values ?? (isSingle ? [extent[0]] : undefined)
  const inside = (
    ownTicks?.map((value) => value / unit.size) ?? ticksOf(domain, { count, isLog, isNice })
  ).filter((tick) => tick >= domain[0] && tick <= domain[1])
  const whole = inside.filter((tick) => format === 'count' && Number.isInteger(tick))
  const ticks = whole.length > 0 ? whole : inside
  const labels = isLog || ownTicks !== undefined ? ownLabels(ticks, unit) : numberLabels(ticks, unit)
  const inValues = (value: number) => Number((value * unit.size).toPrecision(12))
  const beyond = isLog ? 0 : margin * (domain[1] - domain[0])
  return {
    isLog,
    domain: channel.domain ?? [inValues(domain[0] - beyond), inValues(domain[1] + beyond)],
    ticks: ticks.map(inValues),
    labels,
  }
}

/** Empties labels that would collide on an axis of `lengthPx`; keeps every second, third, … label and the last one. */
export function thinned(axis: NumberAxis, lengthPx: number): NumberAxis {
  const { labels, ticks } = axis
  const boxes = ticks.map((tick, index) => ({
    at: placeOnAxis(axis, tick) * lengthPx,
    room: textRoom(labels[index]!),
  }))
  const collide = (a: number, b: number) =>
    Math.abs(boxes[b]!.at - boxes[a]!.at) < (boxes[a]!.room + boxes[b]!.room) / 2 + LABEL_GAP_PX
  const indices = ticks.map((_, index) => index)
  for (let step = 1; step < ticks.length; step++) {
    const last = ticks.length - 1
    const regular = indices.filter((index) => index % step === 0 && index !== last && !collide(index, last))
    const kept = [...regular, last]
    if (kept.some((index, at) => at > 0 && collide(kept[at - 1]!, index))) continue
    return { ...axis, labels: labels.map((label, index) => (kept.includes(index) ? label : '')) }
  }
  return axis
}

/** Writes an axis as vega-lite's scale. */
export function scaleSpec({ isLog, domain }: NumberAxis): Json {
  return isLog ? { type: 'log', domain, nice: false } : { type: 'linear', domain, nice: false, zero: false }
}

/** Writes an axis as vega-lite's axis. The labels come from here, so that the measured labels are the drawn ones. */
export function axisSpec({ ticks, labels }: NumberAxis): Json {
  return {
    values: ticks,
    // Vega leaves out every other tick beyond this count, even ticks that are given to it.
    tickCount: ticks.length,
    labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(ticks)}, datum.value)]`,
    labelOverlap: false,
    labelFlush: false,
    labelBound: false,
  }
}

function placeOnAxis({ isLog, domain: [low, high] }: NumberAxis, value: number): number {
  return isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
}

function ticksOf(
  domain: [number, number],
  { count, isLog, isNice }: { count: number; isLog: boolean; isNice: boolean },
): number[] {
  const [low, high] = domain
  if (isLog) return logTicks(domain, count + 2)
  // Epochs begin at 1.
  if (!isNice && low === 1 && Number.isInteger(high)) return integerTicks(high)
  return linearTicks(domain, count)
}

function logDomain([low, high]: readonly [number, number]): [number, number] {
  if (low === high) return [low / 2, high * 2]
  const margin = (high / low) ** LOG_MARGIN
  return [low / margin, high * margin]
}

// A single value gives no range to show.
function linearDomain(
  [low, high]: readonly [number, number],
  limits: readonly [number, number],
): [number, number] {
  if (low !== high) return [low, high]
  if (Number.isFinite(limits[1])) return [limits[0], limits[1]]
  return low === 0 ? [-1, 1] : [low - Math.abs(low) / 2, low + Math.abs(low) / 2]
}
