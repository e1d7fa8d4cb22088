import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Lists the packages that draw figures and measure their texts, each with its version: `vega 6.4.0`. */
export function drawingVersions(home) {
  const { resolve } = createRequire(join(home, 'package.json'))
  const installed = dirname(dirname(dirname(resolve('vega'))))
  return [
    ...readdirSync(installed)
      .filter((name) => /^(vega|d3)\b/.test(name))
      .map((name) => join(installed, name)),
    dirname(resolve('@fontsource/source-sans-3/package.json')),
    dirname(dirname(resolve('fontkit'))),
  ].map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return `${name} ${version}`
  })
}
