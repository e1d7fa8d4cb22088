import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes `notices.txt` into `folder`: name, version, licence and licence text of each package that the tool's bundles
 * hold.
 * @param metafile esbuild's account of them
 */
export function writeNotices(metafile, { home, folder }) {
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
  const folders = new Set(inputs.map(packageFolder).filter(Boolean))
  const notices = [...folders].sort().map((path) => noticeOf(join(home, path)))
  writeFileSync(
    join(folder, 'notices.txt'),
    `These packages are in the bundles of Weft's command.\n\n${[...new Set(notices)].join('\n')}`,
  )
}

function packageFolder(input) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
}

function noticeOf(folder) {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const terms = license?.type ?? license ?? licenses?.map(({ type }) => type).join(', ') ?? 'see below'
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : ''
  return `--- ${name} ${version} (${terms})\n${text}\n`
}
