import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes `notices.txt` into `folder`: name, version, licence and licence text of each package of which `lib` holds
 * files, bundled or copied.
 * @param files their paths, relative to `home`
 */
export function writeNotices(files, { home, folder }) {
  const folders = new Set(files.map(packageFolder).filter(Boolean))
  const notices = [...folders].sort().map((path) => noticeOf(join(home, path)))
  writeFileSync(
    join(folder, 'notices.txt'),
    `Parts of these packages are in this folder. The files in locales have a licence of their own, which each names: CC BY-SA 3.0.\n\n${[...new Set(notices)].join('\n')}`,
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
