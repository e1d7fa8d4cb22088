import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import { assertKnown } from './assert-options.ts'
import { FORMATS, type NumberFormat } from './number-label.ts'

/** One channel of a chart: a field of the rows, or the field with options for drawing it. */
export interface ChannelOptions {
  readonly field: string
  /** By default made from the field's name. */
  readonly title?: string
  readonly scale?: 'linear' | 'log'
  /** `percent` for a share from 0 to 1, `seconds` in a suitable unit, `count` with whole ticks. */
  readonly format?: NumberFormat
  /** Where the axis begins and ends; the chart cuts off whatever lies beyond. */
  readonly domain?: readonly [number, number]
  /** Positions of the ticks, such as the batch sizes tried; labels that would collide are left out. */
  readonly values?: readonly number[]
}

/** The channel of the x axis. */
export interface AcrossOptions extends ChannelOptions {
  /** Whether each panel has its own x axis, made for its rows, rather than one axis for all. */
  readonly independent?: boolean
}

export type Channel = string | ChannelOptions

/** A channel with all defaults filled in. */
export interface SettledChannel {
  readonly field: string
  readonly title: string
  /** Whether the author named it. */
  readonly isTitled: boolean
  readonly isLog: boolean
  readonly format: NumberFormat
  readonly domain: readonly [number, number] | undefined
  readonly values: readonly number[] | undefined
  /** Whether each panel has its own axis. */
  readonly isIndependent: boolean
}

const KNOWN = ['field', 'title', 'scale', 'format', 'domain', 'values'] as const
const SCALES = ['linear', 'log'] as const

/** Reads a channel. Throws an error that names `name` if it has no field or an option is invalid. */
export function settledChannel(channel: unknown, name: string): SettledChannel {
  const options = (typeof channel === 'string' ? { field: channel } : channel) as AcrossOptions
  if (channel === undefined) throw new Error(`lineChart: expected a field at options.${name}, found none`)
  assertKnown('lineChart', options, name === 'x' ? [...KNOWN, 'independent'] : KNOWN, `options.${name}`)
  const { field, title, scale = 'linear', format = 'number', domain, values, independent = false } = options
  if (typeof field !== 'string' || field === '') throw wrong('a field', `${name}.field`, field)
  if (title !== undefined && (typeof title !== 'string' || title.trim() === ''))
    throw wrong('a title', `${name}.title`, title)
  assertWord(scale, SCALES, `${name}.scale`)
  assertWord(format, FORMATS, `${name}.format`)
  const isLog = scale === 'log'
  if (domain !== undefined) assertNumbers(domain, `${name}.domain`, isLog)
  if (domain !== undefined && (domain.length !== 2 || domain[0] >= domain[1]))
    throw new Error(
      `lineChart: expected [low, high] at options.${name}.domain, found [${listed(domain.map(String))}]`,
    )
  if (values !== undefined) assertNumbers(values, `${name}.values`, isLog)
  if (typeof independent !== 'boolean') throw wrong('true or false', `${name}.independent`, independent)
  if (independent && domain !== undefined)
    throw new Error(`lineChart: expected options.${name}.domain or options.${name}.independent, found both`)
  return {
    field,
    title: title ?? titleOf(field),
    isTitled: title !== undefined,
    isLog,
    format,
    domain,
    values,
    isIndependent: independent,
  }
}

function assertWord(value: unknown, words: readonly string[], path: string): void {
  if (words.includes(value as string)) return
  const near = typeof value === 'string' ? suggestion(value, words) : ''
  throw new Error(`lineChart: expected ${listed(words)} at options.${path}, found ${found(value)}${near}`)
}

function assertNumbers(values: unknown, path: string, isLog: boolean): void {
  if (!Array.isArray(values) || values.length === 0) throw wrong('numbers', path, values)
  const what = isLog ? 'a positive number' : 'a number'
  const at = values.findIndex((value) => !Number.isFinite(value) || (isLog && value <= 0))
  if (at >= 0) throw wrong(what, `${path}[${at}]`, values[at])
}

function wrong(expected: string, path: string, value: unknown): Error {
  return new Error(`lineChart: expected ${expected} at options.${path}, found ${found(value)}`)
}

/** Makes a title from a field's name: `gradientNorm` -> `Gradient norm`. */
export function titleOf(field: string): string {
  const words = field
    .replace(/([a-z\d])([A-Z])(?=[a-z])/g, (_, before, first) => `${before} ${first.toLowerCase()}`)
    .replace(/_/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
