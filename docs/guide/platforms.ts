// What cells of the guide say of platforms, read from the packages; a test compares it with what Weft does on each.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { textOf } from './files.ts'

/** A platform that Weft may run on. */
export interface Platform {
  readonly name: string
  readonly platform: string
  readonly arch: string
  /** The browser that prints. */
  readonly browser: string
}

export const platforms: readonly Platform[] = [
  { name: 'Linux x64', platform: 'linux', arch: 'x64', browser: 'brought by Weft' },
  { name: 'Linux arm64', platform: 'linux', arch: 'arm64', browser: 'Chromium, installed' },
  {
    name: 'macOS, Apple silicon',
    platform: 'darwin',
    arch: 'arm64',
    browser: 'Chrome, Chromium or Edge, installed',
  },
  { name: 'macOS, Intel', platform: 'darwin', arch: 'x64', browser: 'Chrome, Chromium or Edge, installed' },
  { name: 'Windows x64', platform: 'win32', arch: 'x64', browser: 'Edge, which Windows has, or Chrome' },
  { name: 'Windows arm64', platform: 'win32', arch: 'arm64', browser: 'Edge, which Windows has, or Chrome' },
]

/** Says what each platform has: rows of the table. */
export function rowsOfPlatforms() {
  const onnx = join(folderOf('onnxruntime-node'), 'bin/napi-v6')
  const bundlers = Object.keys(
    (JSON.parse(readFileSync(join(folderOf('esbuild'), 'package.json'), 'utf8')) as Manifest)
      .optionalDependencies,
  )
  return platforms.map(({ name, platform, arch, browser }) => ({
    name,
    browser,
    bundler: yes(bundlers.includes(`@esbuild/${platform}-${arch}`)),
    onnx: yes(existsSync(join(onnx, platform)) && readdirSync(join(onnx, platform)).includes(arch)),
    tfjs: 'yes',
  }))
}

interface Manifest {
  readonly optionalDependencies: { readonly [name: string]: string }
}

function folderOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
}

function yes(is: boolean): string {
  return is ? 'yes' : 'no'
}

/** Gives what `weft doctor` says of some things on a machine of a test: the whole text without names. */
export function doctorSays(machine: string, ids?: readonly string[]): string {
  const text = textOf(`docs/guide/doctor/${machine}.txt`)
  if (ids === undefined) return `~~~text\n${text}~~~`
  const blocks = text.split(/\n(?= {2}\S|\n)/)
  const wanted = blocks.filter((block) => ids.some((id) => block.split(/ +/)[2]?.startsWith(id)))
  return `~~~text\n${[...wanted, '', text.trim().split('\n\n').at(-1)].join('\n')}\n~~~`
}
