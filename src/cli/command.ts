import { runWeft } from './run-weft.ts'

// Whoever waits for the command has ended: nobody would see what it does.
process.on('disconnect', () => process.exit(1))
// To be told of that is no reason to stay.
process.channel?.unref()

process.exitCode = await runWeft(process.argv.slice(2))
