import { suggestion } from '../render/model/nearest.ts'
import { explained } from './data/explained.ts'
import { dataHelp } from './data/help.ts'

// Each is loaded for itself: reading HDF5 takes what writing does not need.
const commands = {
  inspect: async () => (await import('./data/inspect.ts')).inspect,
  pin: async () => (await import('./data/pin.ts')).pin,
  convert: async () => (await import('./data/convert.ts')).convert,
} as const
type Command = keyof typeof commands

/**
 * Runs `weft data ...`, which looks into data files, pins and makes them. Gives the exit status: 0 all is well,
 * 1 something is wrong, 130 stopped.
 * @param args what stands after `data`
 */
export async function runData(args: readonly string[]): Promise<number> {
  const stop = new AbortController()
  const onSignal = () => stop.abort(new Error('stopped'))
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  try {
    const [command, ...rest] = args
    if (args.includes('--help') || args.includes('-h')) process.stdout.write(dataHelp)
    else process.stdout.write(await (await commands[commandOf(command)]())(rest, stop.signal))
    return 0
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write('Stopped: nothing was written.\n')
      return 130
    }
    process.stderr.write(`weft: ${explained(error)}\n`)
    return 1
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

function commandOf(word: string | undefined): Command {
  const names = Object.keys(commands)
  if (word === undefined) {
    throw new Error('Cannot run `data`, expected inspect, pin or convert, found nothing: see `data --help`')
  }
  if (names.includes(word)) return word as Command
  throw new Error(`Unexpected \`data ${word}\`, expected inspect, pin or convert${suggestion(word, names)}`)
}
