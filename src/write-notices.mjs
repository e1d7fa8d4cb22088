import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const head =
  'Parts of these packages are in this folder. The files in locales have a licence of their own, which each names: CC BY-SA 3.0.'

/**
 * Writes `notices.txt` into `folder`: name, version, licence and licence text of each package of which `lib` holds
 * files, bundled or copied. One that comes without the text gets its author and the text of another package with the
 * same licence, as far as that names nobody.
 * @param files their paths, relative to `home`
 */
export function writeNotices(files, { home, folder }) {
  const folders = [...new Set(files.map(packageFolder).filter(Boolean))].sort()
  const packages = folders.map((path) => readPackage(join(home, path)))
  const apache = packages.find(({ terms, text }) => terms === 'Apache-2.0' && text !== '')?.text
  const notices = packages.map(({ title, terms, author, text }) => {
    const words =
      text || [`By ${author}.`, ...(terms === 'Apache-2.0' && apache ? ['', apache] : [])].join('\n')
    return `--- ${title} (${terms})\n${words}\n`
  })
  writeFileSync(join(folder, 'notices.txt'), `${head}\n\n${[...new Set(notices)].join('\n')}`)
}

function packageFolder(input) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
}

function readPackage(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { name, version, license, licenses, author, repository } = manifest
  const file = readdirSync(folder, { withFileTypes: true }).find(
    (entry) => entry.isFile() && /^(licen[cs]e|copying)/i.test(entry.name),
  )
  return {
    title: `${name} ${version}`,
    terms: license?.type ?? license ?? licenses?.map(({ type }) => type).join(', ') ?? 'see below',
    author: author?.name ?? author ?? `the authors of ${repository?.url ?? repository ?? name}`,
    text: file ? readFileSync(join(folder, file.name), 'utf8').trim() : '',
  }
}
