import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files of a project: path -> content. */
export type Files = Readonly<Record<string, string | Uint8Array>>

interface Test {
  after(clean: () => void): void
}

const manifest = JSON.stringify({
  name: 'temporary',
  type: 'module',
  imports: { '#experiments/*': './src/experiments/*.ts' },
})

/** Makes a project in a temporary folder that goes with the test; gives the folder. */
export function temporaryProject(test: Test, files: Files, name = 'weft-test-'): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), name)))
  test.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  writeFiles(folder, { 'package.json': manifest, ...files })
  return folder
}

/** Writes files into a folder, with the folders that they need. */
export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

/** Writes a report.md: its front matter is a title and what is given, as JSON, which is YAML too. */
export function reportOf(body: string, front: Readonly<Record<string, unknown>> = {}): string {
  return `---\n${JSON.stringify({ title: 'Test', ...front })}\n---\n${body}`
}

/** Writes a cell: its label with options, and its lines. */
export function cell(info: string, ...lines: string[]): string {
  return ['', `\`\`\`ts exec #${info}`, ...lines, '```', ''].join('\n')
}

/** Writes a paragraph of inline values. */
export function values(...expressions: string[]): string {
  return `\n${expressions.map((source) => `\`{ts} ${source}\``).join('\n\n')}\n`
}
