import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { packageFolder } from '../../render/page/font-files.ts'
import { fontsOfScripts } from '../../render/page/missing-characters.ts'
import type { Finding } from './finding.ts'
import { reinstall } from './remedies.ts'

/** What Weft's own fonts have letters of, measured from their files. */
const ownLetters = 'Latin, Greek, Cyrillic and Vietnamese letters'
const ownPackages = [
  '@fontsource/source-serif-4',
  '@fontsource/source-sans-3',
  '@fontsource/source-code-pro',
  'katex',
]

/** Says which scripts have fonts here. A report names a font of another script in its front matter. */
export function findFonts(root: string, isInstalled = installedIn(root)): readonly Finding[] {
  const broken = ownPackages.filter((name) => !isInstalledHere(name))
  if (broken.length > 0)
    return [
      {
        id: 'fonts',
        state: 'fault',
        text: `cannot find ${broken.join(', ')}, which Weft brings`,
        remedy: reinstall(root),
      },
    ]
  const [there, missing] = [true, false].map((wanted) =>
    fontsOfScripts.filter(({ font }) => isInstalled(font) === wanted),
  )
  const named = there!.map(({ script, font }) => `${script} (${font})`)
  const own: Finding = {
    id: 'fonts',
    state: 'ok',
    text: [ownLetters, ...named].join(', '),
    facts: { installed: there!.map(({ font }) => font) },
  }
  if (missing!.length === 0) return [own]
  const scripts = missing!.map(({ script, font }) => `${script} (${font})`)
  const lacks: Finding = {
    id: 'fonts/other',
    state: 'lacks',
    text: `no glyphs for ${scripts.join(', ')}: a report that has such letters installs a font and names it in \`fonts:\` of its front matter`,
    remedy: `npm install @fontsource/${missing![0]!.font}`,
    facts: { missing: missing!.map(({ script, font }) => ({ script, font })) },
  }
  return [own, lacks]
}

function isInstalledHere(name: string): boolean {
  try {
    return existsSync(packageFolder(name))
  } catch {
    return false
  }
}

function installedIn(root: string): (font: string) => boolean {
  return (font) =>
    [join(root, 'package.json'), import.meta.url].some((from) => {
      try {
        return existsSync(createRequire(from).resolve(`@fontsource/${font}/package.json`))
      } catch {
        return false
      }
    })
}
