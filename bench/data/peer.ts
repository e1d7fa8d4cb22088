import { fileURLToPath } from 'node:url'
import { pythonWith } from '../python-with.ts'
import type { Runner } from './runner.ts'

/** h5py, with which Weft is compared. */
export interface Peer {
  readonly title: string
  run(...args: readonly string[]): Promise<string>
}

/** @throws if h5py is not installed or does not load */
export async function openPeer(runner: Runner): Promise<Peer> {
  const python = pythonWith('h5py')
  const program = fileURLToPath(new URL('h5_peer.py', import.meta.url))
  const run = (...args: readonly string[]) => runner.run(python, [program, ...args])
  return { title: (await run('version')).trim(), run }
}
