import type { ChildProcess } from 'node:child_process'
import type { Page } from 'puppeteer-core'
import { emptyProject, type Project, start } from '../../report/project.ts'

const words =
  'Some words that fill a line of the page, and more of them, so that the page is longer than the window. '

const chapterOne = `# One {#sec-one}

First words of the first chapter.

\`\`\`ts exec #setup
import { factor } from '../code/factor.ts'
export const total = params.n * factor
\`\`\`

${Array.from({ length: 12 }, (_, index) => `Paragraph ${index} of one. ${words.repeat(3)}`).join('\n\n')}

\`\`\`ts exec #fig-line caption="A line."
export default {
  kind: 'figure',
  alt: 'A line that rises.',
  spec: {
    width: 300,
    height: 160,
    data: { values: Array.from({ length: 12 }, (_, x) => ({ x, y: x * total })) },
    mark: 'line',
    encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
  },
}
\`\`\`

The line of @fig-line.
`

const chapterTwo = `# Two

The total is \`{ts} fixed(total, 1)\` in chapter two, see [the first](#sec-one).

${Array.from({ length: 8 }, (_, index) => `Paragraph ${index} of two. ${words.repeat(3)}`).join('\n\n')}
`

/** Makes a report of two chapters with a value, a figure and a module outside its folder. */
export function previewProject(test: Parameters<typeof emptyProject>[0]): Project {
  const project = emptyProject(test, 'project')
  project.write('package.json', '{ "type": "module" }')
  project.write('code/factor.ts', 'export const factor = 2\n')
  project.write(
    'text/report.md',
    '---\ntitle: A preview\ncontents: true\nchapters: [one.md, two.md]\nparams: { full: { n: 12 } }\n---\n\nAn abstract.\n',
  )
  project.write('text/one.md', chapterOne)
  project.write('text/two.md', chapterTwo)
  return project
}

interface Running {
  readonly url: string
  readonly child: ChildProcess
  /** Ends it by a signal, and waits for that. */
  end(signal?: NodeJS.Signals): Promise<void>
}

/** Starts the command in a project, and waits for its address. */
export async function startPreview(
  project: Project,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const child = start(project, ['preview', 'text/report.md', '--no-open', ...args], {
    EDITOR: '',
    VISUAL: '',
    ...env,
  })
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let text = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (part: Buffer) => {
      text += String(part)
      const found = /http:\/\/\S+/.exec(text)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', () => reject(new Error(`It ended: ${text}`)))
  })
  return {
    url,
    child,
    async end(signal = 'SIGTERM') {
      // The whole group: a process that is killed cannot end its children.
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, signal)
      await exited
    },
  }
}

/** Waits until something holds in a page; the page's policy forbids to compile code there. */
export async function until(page: Page, what: string, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  for (;;) {
    // A page that is being loaded answers nothing.
    if (await check().catch(() => false)) return
    if (Date.now() > end) {
      const told = await Promise.all([chipOf(page), boxesOf(page), textOf(page)]).catch(String)
      throw new Error(`Waited in vain for ${what}: ${String(told).slice(0, 600)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Waits until the text of the report contains some words. */
export function untilText(page: Page, wanted: string): Promise<void> {
  return until(page, wanted, async () => (await textOf(page)).includes(wanted))
}

export function textOf(page: Page): Promise<string> {
  return page.$eval('main', (main) => main.textContent)
}

/** Says what the chip of the preview says. */
export function chipOf(page: Page): Promise<string> {
  return page.$eval(
    'weft-preview[data-part=chip]',
    (host) => host.shadowRoot!.querySelector('.chip')!.textContent,
  )
}

/** The messages on the page, with their places. */
export function boxesOf(page: Page): Promise<string[]> {
  return page.$$eval('weft-preview[data-part=message]', (hosts) =>
    hosts.map((host) => host.shadowRoot!.querySelector('.box')!.textContent),
  )
}
