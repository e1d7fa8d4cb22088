import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A place in a file; line and column from 1. */
interface SourcePlace {
  /** Absolute. */
  readonly path: string
  readonly line: number
  readonly column: number
}

/** The program that opens a place and its arguments, or a link for the page to follow. */
type Opening = { readonly program: string; readonly args: readonly string[] } | { readonly link: string }

type Arguments = (place: SourcePlace) => readonly string[]

const goTo: Arguments = ({ path, line, column }) => ['--goto', `${path}:${line}:${column}`]
const withColons: Arguments = ({ path, line, column }) => [`${path}:${line}:${column}`]
const withLine: Arguments = ({ path, line }) => ['--line', String(line), path]
const withPlus: Arguments = ({ path, line, column }) => [`+${line}:${column}`, path]
const ofVim: Arguments = ({ path, line, column }) => [`+call cursor(${line},${column})`, path]

/** Editors with windows of their own that take a line. One in a terminal would take the preview's own. */
const editors: { readonly [name: string]: Arguments } = {
  ...Object.fromEntries(
    ['code', 'code-insiders', 'codium', 'vscodium', 'cursor', 'windsurf'].map((name) => [name, goTo]),
  ),
  ...Object.fromEntries(
    ['subl', 'sublime_text', 'zed', 'zeditor', 'lapce'].map((name) => [name, withColons]),
  ),
  ...Object.fromEntries(['gvim', 'mvim'].map((name) => [name, ofVim])),
  ...Object.fromEntries(['idea', 'webstorm', 'pycharm', 'kate', 'kwrite'].map((name) => [name, withLine])),
  gedit: withPlus,
  emacs: withPlus,
  emacsclient: ({ path, line, column }) => ['--no-wait', `+${line}:${column}`, path],
  mate: ({ path, line, column }) => ['--line', `${line}:${column}`, path],
}

/**
 * Says how to open a place: by $VISUAL or $EDITOR if that is an editor with windows that is known to take a line, else by
 * VS Code if the path has it, else by a link that VS Code follows.
 */
export function openingOf(place: SourcePlace, env: NodeJS.ProcessEnv): Opening {
  for (const command of [env.VISUAL, env.EDITOR, 'code']) {
    const [program = '', ...args] = command?.trim().split(/\s+/) ?? []
    const write =
      editors[
        basename(program)
          .replace(/\.exe$/i, '')
          .toLowerCase()
      ]
    // `emacs -nw` takes the terminal.
    if (!write || args.includes('-nw') || args.includes('-t') || !isFound(program, env)) continue
    // `code --wait` would leave a process for each file.
    const own = args.filter((arg) => arg !== '--wait' && arg !== '-w')
    return { program, args: [...own, ...write(place)] }
  }
  return { link: `vscode://file${pathToFileURL(place.path).pathname}:${place.line}:${place.column}` }
}

/** Starts the editor; gives an Error if that fails at once. */
export function startEditor(
  { program, args }: Extract<Opening, { program: string }>,
  env: NodeJS.ProcessEnv,
): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true, env })
    child.once('error', resolve)
    child.once('spawn', () => resolve(undefined))
    child.unref()
  })
}

function isFound(program: string, { PATH = '' }: NodeJS.ProcessEnv): boolean {
  const places =
    basename(program) === program ? PATH.split(delimiter).map((folder) => join(folder, program)) : [program]
  const names = process.platform === 'win32' ? places.map((place) => `${place}.exe`) : places
  return names.some((name) => {
    try {
      accessSync(name, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
