import '../render/model/compile-late.ts'
import { existsSync } from 'node:fs'
import { faultsPath, noteCheck } from '../render/bundle/types/running-check.ts'
import { pathsOf } from '../render/model/paths.ts'
import { reportHere } from './arguments.ts'

// What npm's `prepare` leaves behind: it checks the types of the report here, so that the first build knows them.
const report = reportHere()
if (existsSync(report)) {
  const paths = pathsOf(report)
  // A build that begins before the rest is loaded waits for it too.
  const endNote = noteCheck(faultsPath(paths))
  try {
    const { openAuthorMode } = await import('../render/pipeline/author-mode.ts')
    const { Memory } = await import('../render/model/memory.ts')
    const mode = openAuthorMode({ paths, env: process.env })
    await mode.types(mode.read(new Memory())).finally(mode.close)
  } catch {
    // The first build tells what is wrong with the report.
  } finally {
    endNote()
  }
}
