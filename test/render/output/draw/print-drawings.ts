import { drawNumbersAndTimes } from './numbers-and-times.ts'

// A program of its own, so that a test can start it in another place.
process.stdout.write(await drawNumbersAndTimes())
