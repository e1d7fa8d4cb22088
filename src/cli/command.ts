import '../render/model/compile-late.ts'
import { runWeft } from './run-weft.ts'

// Whoever waits for the command has ended: nobody would see what it does.
process.on('disconnect', () => process.exit(1))
// To be told of that is no reason to stay.
process.channel?.unref()
// Whoever reads the output may have enough of it, as `head` does. That is no fault, and the work goes on.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

process.exitCode = await runWeft(process.argv.slice(2))
