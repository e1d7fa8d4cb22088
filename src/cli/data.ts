import { suggestion } from '../render/model/nearest.ts'
import type { Output } from './console.ts'
import { explained } from './data/console.ts'

// Each command is loaded on its own: reading HDF5 needs modules that writing does not.
const commands = {
  inspect: async () => (await import('./data/inspect.ts')).inspect,
  pin: async () => (await import('./data/inspect.ts')).pin,
  convert: async () => (await import('./data/convert.ts')).convert,
} as const
type Command = keyof typeof commands

/**
 * Runs `weft data ...`, which inspects, pins and makes data files. Gives the exit status: 0 no error, 1 error,
 * 130 stopped.
 * @param args the arguments after `data`
 */
export async function runData(args: readonly string[], { stdout, stderr }: Output): Promise<number> {
  const stop = new AbortController()
  const onSignal = () => stop.abort(new Error('stopped'))
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  try {
    const [command, ...rest] = args
    if (args.includes('--help') || args.includes('-h')) stdout.write(dataHelp)
    else stdout.write(await (await commands[commandOf(command)]())(rest, stop.signal))
    return 0
  } catch (error) {
    if (stop.signal.aborted) {
      stderr.write('Stopped: nothing was written.\n')
      return 130
    }
    stderr.write(`weft: ${explained(error)}\n`)
    return 1
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

function commandOf(word: string | undefined): Command {
  const names = Object.keys(commands)
  if (word === undefined) {
    throw new Error(
      'Cannot run `data`, expected inspect, pin or convert, found nothing: see `weft data --help`',
    )
  }
  if (names.includes(word)) return word as Command
  throw new Error(`Unexpected \`data ${word}\`, expected inspect, pin or convert${suggestion(word, names)}`)
}

/** The text of `weft data --help`. */
const dataHelp = `Looks into data files, pins and makes them.

Usage
  weft data inspect FILE [--json]
  weft data pin FILE [--to report-src/notmnist-h5.json]
  weft data convert --to data.h5 SOURCE [options]

inspect  says what a data.h5, a data.zip with one, or an idx file (.gz or not) holds, or why it cannot be used
pin      checks a data.h5 the same way and writes its name, length and SHA-256 for the report to check
convert  writes a data.h5: trainData and testData, rows of 784 pixels and the label 0 to 9 (A to J)

Sources of convert
  --images FILE --labels FILE             idx files, .gz or not; with
    --test-images FILE --test-labels FILE   the test set from files of its own, or
    --test N                                from the last N rows
  --folder TREE [--test N] [--seed S]     folders A to J of PNG files of 28 x 28 pixels, shuffled
  --stand-in ROWS [--test N] [--seed S]   ROWS training rows drawn from open fonts, to try sizes

Options of convert
  --test N               rows of the test set (default: a tenth of the files; of ROWS, as many more)
  --seed S               of shuffling and drawing (default: 1)
  --type TYPE            float64, float32 or uint8 (default: float64)
  --normalisation NAME   centred -0.5 to 0.5, unit 0 to 1, signed -1 to 1, bytes 0 to 255 (default: centred;
                         bytes for uint8)
  --chunked [ROWS]       in chunks of so many rows (default: in one piece; 1000 where ROWS is not given)
  --gzip [LEVEL]         chunks packed at level 1 to 9 (4 where it is not given)
  --overwrite            replace a file that is there

Exit status: 0 all is well, 1 something is wrong, 130 stopped.
`
