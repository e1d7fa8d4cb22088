import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { home } from './home.ts'

/** Copies the tool and the shipped report into an empty folder, without caches. */
export function copyTool(folder: string): void {
  for (const name of ['package.json', 'lib', 'report-src', 'src'])
    cpSync(join(home, name), join(folder, name), { recursive: true })
  symlinkSync(join(home, 'node_modules'), join(folder, 'node_modules'))
}
