import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../model/digest.ts'
import type { Contents } from './contents.ts'

/** First line of the file, by which a later zip knows it. */
export const readmeMark = '<!-- Written by `weft submission`. -->'

interface ReadmeOptions {
  readonly title: string
  readonly root: string
  /** Name of report.md in the project. */
  readonly report: string
  /** Where a rebuild writes its print, relative to the root. */
  readonly pdf: string
  readonly profile: string
  readonly print: Uint8Array
  readonly isAnonymous: boolean
  readonly contents: readonly Contents[]
}

/** Writes how the report is rebuilt from the unpacked zip, and what is in it. */
export function writeReadme(options: ReadmeOptions): string {
  const { title, pdf, print, contents, isAnonymous } = options
  const manifest = JSON.parse(readFileSync(join(options.root, 'package.json'), 'utf8')) as Manifest
  const rows = contents.map(({ name, what, files }) => `| \`${name}\` | ${what} | ${files} |`)
  return `${readmeMark}

# ${title}

${isAnonymous ? 'The names of the authors are left out.\n\n' : ''}## Rebuild

With Node ${nodeOf(manifest)}, in the unpacked folder:

~~~sh
${installOf(contents)}
${buildOf(manifest, options)}
~~~

The second command prints \`${pdf}\` from the accepted results, without training and without data. On the same platform it has the bytes of \`${reportName(contents)}\`, whose SHA-256 is

~~~
${sha256(print)}
~~~

To compute everything again needs the data sets that the appendix or the code names: they are not in this zip.

## The notebook

Install the packages as above, and open \`notebook.ipynb\` in this folder in Jupyter with the Deno kernel.

## What is inside

| Name | What | Files |
| --- | --- | --: |
${rows.join('\n')}
`
}

interface Manifest {
  readonly engines?: { readonly node?: string }
  readonly scripts?: Readonly<Record<string, string>>
}

function nodeOf({ engines }: Manifest): string {
  return (engines?.node ?? '>=20.16').replace(/^>=\s*([\d.]+)$/, '$1 or later')
}

function installOf(contents: readonly Contents[]): string {
  const has = (name: string) => contents.some((one) => one.name === name)
  if (has('pnpm-lock.yaml')) return 'pnpm install --frozen-lockfile'
  return has('yarn.lock') ? 'yarn install --frozen-lockfile' : 'npm ci'
}

function buildOf({ scripts }: Manifest, { report, profile }: ReadmeOptions): string {
  const chosen = profile === 'full' ? '' : ` --profile ${profile}`
  if (scripts?.report !== undefined) return `npm run report${chosen && ` --${chosen}`}`
  return `npx weft build ${report}${chosen}`
}

function reportName(contents: readonly Contents[]): string {
  return contents.find(({ name }) => name.endsWith('.pdf'))!.name
}
