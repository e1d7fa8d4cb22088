import { features } from '../render/model/optional-packages.ts'

/** A command of `weft`, as its help and the guide describe it. */
interface CommandWords {
  /** What may stand after its name. */
  readonly usage: string
  readonly text: string
}

/** All commands, in the order of the help. */
export const commandTable = {
  init: {
    usage: '[DIR] [--template NAME]',
    text: 'write a first report with its project (weft init --help)',
  },
  build: { usage: '[REPORT.md] [options]', text: 'print the report; run only what has changed' },
  preview: {
    usage: '[REPORT.md] [options]',
    text: 'show the report in the browser while it is written',
  },
  accept: { usage: '[REPORT.md] [options]', text: 'build, then publish the results it used' },
  check: {
    usage: '[REPORT.md] [options]',
    text: 'compute everything again and compare each number with the accepted one',
  },
  diff: {
    usage: '[REV] [REPORT.md] [options]',
    text: 'say what changed since a revision (HEAD), A..B, a submission zip or a folder; run nothing',
  },
  why: {
    usage: 'LABEL [REPORT.md] [options]',
    text: 'say why a cell or a job would run, or was not run',
  },
  types: {
    usage: '[REPORT.md] [options]',
    text: 'check the types of every cell, value and claim; run nothing',
  },
  jobs: {
    usage: '[REPORT.md] [--missing] [--json]',
    text: 'list the jobs of the report, longest first, and lay missing ones ready for `weft job`',
  },
  job: {
    usage: 'KEY... [options]',
    text: 'run jobs of that list, here or on another machine (weft job --help)',
  },
  gc: {
    usage: '[REPORT.md] [--remove] [--days N]',
    text: 'list what nothing uses among stored results and caches, or remove it',
  },
  notebook: {
    usage: '[REPORT.md] [options]',
    text: 'write a Jupyter notebook of its chapters, with their cells and results',
  },
  submission: {
    usage: '[REPORT.md] [options]',
    text: 'write a zip to hand in: print, notebook, code, results, and how to rebuild',
  },
  add: {
    usage: 'FEATURE... [--dry-run]',
    text: `install what a report needs beside Weft: ${Object.keys(features).join(', ')}`,
  },
  doctor: {
    usage: '[REPORT.md] [--json]',
    text: 'say what is here of all that Weft needs, and what mends the rest',
  },
  engine: {
    usage: 'COMMAND [options]',
    text: 'list the engines, or install TensorFlow as one (weft engine --help)',
  },
  import: {
    usage: 'NOTEBOOK.ipynb [--out CHAPTER.md]',
    text: 'make a chapter of a Jupyter notebook (weft import --help)',
  },
  data: {
    usage: 'COMMAND [options]',
    text: 'inspect, pin and make data files (weft data --help)',
  },
} as const satisfies { readonly [command: string]: CommandWords }

/** An option of `weft`, as `parseArgs` takes it, with what the help and the guide say of it. */
interface OptionWords {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  /** What stands for its value. */
  readonly value?: string
  /** The commands that take it; all commands on a report do without this. */
  readonly of?: readonly (keyof typeof commandTable)[]
  readonly text: string
}

const running = ['build', 'accept', 'check'] as const

/** All options of commands on a report, in the order of the help. */
export const optionTable = {
  profile: {
    type: 'string',
    value: 'NAME',
    text: 'params of that name in the front matter, such as quick (default: full)',
  },
  cached: {
    type: 'boolean',
    of: ['build', 'accept', 'notebook'],
    text: 'run no cell and no job; a missing result is an error',
  },
  rerun: { type: 'boolean', of: running, text: 'run every cell and job, as if nothing were stored' },
  prove: {
    type: 'boolean',
    of: running,
    text: 'find every value, table cell and caption in the print, in its place',
  },
  strict: {
    type: 'boolean',
    of: [...running, 'diff'],
    text: 'every warning is an error; with diff, a change beyond its rule',
  },
  untrusted: {
    type: 'boolean',
    of: ['build', 'preview'],
    text: 'run no code of the report; show the values that were accepted',
  },
  out: {
    type: 'string',
    value: 'DIR',
    text: 'write to this folder, not to dist; of submission and notebook: to this file',
  },
  chapters: {
    type: 'string',
    multiple: true,
    value: 'FILE...',
    of: ['notebook'],
    text: 'chapters of the notebook, with commas between them (default: those of `notebook:`, or all)',
  },
  jobs: {
    type: 'string',
    value: 'N',
    of: [...running, 'preview', 'notebook'],
    text: 'jobs that run at once, each in a process (default: one per processor)',
  },
  threads: {
    type: 'string',
    value: 'N',
    of: [...running, 'preview', 'notebook'],
    text: 'threads that each job computes with (default: 1)',
  },
  executor: {
    type: 'string',
    value: 'NAME',
    of: running,
    text: 'where jobs run: local, or slurm for a cluster that shares this folder (default: local)',
  },
  slurm: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE...',
    of: running,
    text: 'a setting of `slurm:` in the front matter: partition, account, time, memory, cpus, gpus, tasks, flags',
  },
  help: { type: 'boolean', short: 'h', text: 'show this text' },
  version: { type: 'boolean', text: 'show the version' },
  run: { type: 'boolean', of: ['preview'], text: 'run all jobs at once, however long they take' },
  port: {
    type: 'string',
    value: 'N',
    of: ['preview'],
    text: 'port to serve at (default: the same for a report each time)',
  },
  host: {
    type: 'string',
    value: 'ADDRESS',
    of: ['preview'],
    text: 'address to serve at (default: 127.0.0.1, this machine alone)',
  },
  'no-open': { type: 'boolean', of: ['preview'], text: 'open no browser' },
  only: {
    type: 'string',
    multiple: true,
    value: 'LABEL...',
    of: ['check'],
    text: 'compute again only these cells, with what they need',
  },
  sample: {
    type: 'string',
    value: 'K',
    of: ['check'],
    text: 'compute again only K jobs drawn by the seed; judge what depends on them',
  },
  seed: {
    type: 'string',
    value: 'N',
    of: ['check'],
    text: 'seed of the order of jobs and of the sample (default: drawn and printed)',
  },
  anonymous: {
    type: 'boolean',
    of: ['submission'],
    text: 'leave out all names of the authors, and look for them in every file',
  },
  remove: { type: 'boolean', of: ['gc'], text: 'remove what is listed' },
  days: {
    type: 'string',
    value: 'N',
    of: ['gc'],
    text: 'keep what was used within so many days (default: 30)',
  },
  json: { type: 'boolean', of: ['check', 'diff', 'jobs', 'gc'], text: 'write the outcome as JSON' },
  missing: { type: 'boolean', of: ['jobs'], text: 'list only the jobs that have no result yet' },
  html: { type: 'string', value: 'FILE', of: ['diff'], text: 'also write the changes as one HTML page' },
  github: { type: 'boolean', of: ['check'], text: 'write differences as GitHub annotations' },
  'lock-only': {
    type: 'boolean',
    of: ['accept'],
    text: 'write the numbers into the lock, but store no results',
  },
} as const satisfies { readonly [option: string]: OptionWords }

/** Variables of the environment that the command reads. */
export const environmentTable = {
  WEFT_DATA: 'folder with the data sets',
  WEFT_ENGINE: 'engine of graphs: onnx (if it loads), tfjs, tensorflow, or webgpu (experimental)',
  WEFT_TENSORFLOW: "folder of the engine tensorflow (default: in the user's cache folder)",
  WEFT_THREADS: 'default of --threads',
  CHROME_PATH: 'browser to print with, in place of the bundled one',
  SOURCE_DATE_EPOCH: "date of the PDF, in seconds; otherwise the front matter's date",
} as const

/** Lists the options that one command alone takes, or those of several commands. */
export function optionsOf(command?: keyof typeof commandTable): readonly (readonly [string, OptionWords])[] {
  return Object.entries<OptionWords>(optionTable).filter(
    ([, { of }]) => command === (of?.length === 1 ? of[0] : undefined),
  )
}

/** Writes an option as it is typed, `--jobs N`. */
export function optionUsage(name: string, { value }: OptionWords): string {
  return `--${name}${value === undefined ? '' : ` ${value}`}`
}
