// A process that loads a data.h5 once and prints its time and memory.
import { createHash } from 'node:crypto'
import { loadWasm } from '../../src/experiments/data/hdf5/wasm.ts'
import { readH5 } from '../../src/experiments/data/hdf5.ts'
import { peakBytes } from './peak-bytes.ts'

// The peer too imports h5py before its clock starts.
await loadWasm()
const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()]
const { rows } = await readH5(process.argv[2]!)
const seconds = (performance.now() - startedAt) / 1000
const { user, system } = process.cpuUsage(cpuBefore)
const measured = { seconds, cpuSeconds: (user + system) / 1e6, peakBytes: peakBytes() }
const hash = createHash('sha256')
for (const { images, labels } of [rows.train!, rows.test!]) hash.update(images).update(labels)
console.log(JSON.stringify({ ...measured, digest: hash.digest('hex') }))
