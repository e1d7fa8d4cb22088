import { found, listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import { assertKnown } from './assert-options.ts'
import { FORMATS, type NumberFormat } from './number-label.ts'

/** What one direction of a chart shows: a field of the rows, or the field with how to draw it. */
export interface ChannelOptions {
  readonly field: string
  /** Made of the field's name unless given. */
  readonly title?: string
  readonly scale?: 'linear' | 'log'
  /** `percent` of a share 0 to 1, `seconds` in the unit that suits them, `count` with whole ticks. */
  readonly format?: NumberFormat
  /** Where the axis begins and ends; what lies beyond is cut off. */
  readonly domain?: readonly [number, number]
  /** Where to put ticks, such as the batch sizes tried; labels that would collide are left out. */
  readonly values?: readonly number[]
}

/** What the x axis shows. */
export interface AcrossOptions extends ChannelOptions {
  /** Whether each panel has an x axis of its own, made for its rows, rather than one axis for all. */
  readonly independent?: boolean
}

export type Channel = string | ChannelOptions

/** A channel with what it leaves out. */
export interface SettledChannel {
  readonly field: string
  readonly title: string
  /** Whether the author named it. */
  readonly isTitled: boolean
  readonly isLog: boolean
  readonly format: NumberFormat
  readonly domain: readonly [number, number] | undefined
  readonly values: readonly number[] | undefined
  /** Whether each panel has an axis of its own. */
  readonly isIndependent: boolean
}

const KNOWN = ['field', 'title', 'scale', 'format', 'domain', 'values'] as const
const SCALES = ['linear', 'log'] as const

/** Reads a channel. Throws, naming `name`, unless it has a field, and what it says of it can be drawn. */
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

/** Makes a title of a field's name: `gradientNorm` -> `Gradient norm`. */
export function titleOf(field: string): string {
  const words = field
    .replace(/([a-z\d])([A-Z])(?=[a-z])/g, (_, before, first) => `${before} ${first.toLowerCase()}`)
    .replace(/_/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
