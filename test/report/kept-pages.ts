import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { comparePictures } from './compare-pictures.ts'

/** A kept picture of an expected page. */
export interface KeptPage {
  readonly number: number
  readonly path: string
}

/** Lists the pictures in a folder: `expected-1.png` and so on. */
export function keptPages(folder: string): KeptPage[] {
  return readdirSync(folder).flatMap((name) => {
    const number = /^expected-(\d+)\.png$/.exec(name)?.[1]
    return number === undefined ? [] : [{ number: Number(number), path: join(folder, name) }]
  })
}

/**
 * Compares pages with the pictures in a folder. Reports each page that is missing or differs in more than a share
 * `tolerance` of its pixels. It writes such a page as `expected-changed.1.png`, and the differences as
 * `expected-changed.1.diff.png`.
 */
export function comparePages(folder: string, pages: readonly Buffer[], tolerance: number): string[] {
  mkdirSync(folder, { recursive: true })
  removeChanged(folder)
  const wrong = pages.flatMap((page, index) => mismatch(folder, { page, number: index + 1, tolerance }))
  const surplus = keptPages(folder).filter(({ number }) => number > pages.length)
  return [...wrong, ...surplus.map(({ number }) => `expected-${number}.png: there is no such page`)]
}

/** Writes pages as the expected ones and removes the earlier ones. */
export function writePages(folder: string, pages: readonly Buffer[]): [] {
  mkdirSync(folder, { recursive: true })
  removeChanged(folder)
  for (const { path } of keptPages(folder)) rmSync(path)
  for (const [index, page] of pages.entries()) writeFileSync(join(folder, `expected-${index + 1}.png`), page)
  return []
}

interface Compared {
  readonly page: Buffer
  readonly number: number
  readonly tolerance: number
}

function mismatch(folder: string, { page, number, tolerance }: Compared): string[] {
  const name = `expected-${number}.png`
  const changed = (kind: string) => join(folder, `expected-changed.${number}${kind}.png`)
  if (!existsSync(join(folder, name))) {
    writeFileSync(changed(''), page)
    return [`${name}: there is none`]
  }
  const { share, diff } = comparePictures(readFileSync(join(folder, name)), page)
  if (share <= tolerance) return []
  writeFileSync(changed(''), page)
  if (diff) writeFileSync(changed('.diff'), diff)
  return [`${name}: ${percent(share)} of its pixels differ, more than ${percent(tolerance)}`]
}

function removeChanged(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith('expected-changed.')) rmSync(join(folder, name))
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}
