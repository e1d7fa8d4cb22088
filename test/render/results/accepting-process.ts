import { once } from 'node:events'
import { formatVersion, keyOf } from '../../../src/render/cache/key.ts'
import { toStoredResult } from '../../../src/render/cache/result-store.ts'
import { digestOf } from '../../../src/render/model/digest.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { accept } from '../../../src/render/results/accept.ts'
import { publishAlone } from '../../../src/render/results/publish-alone.ts'
import type { Used } from '../../../src/render/results/used.ts'

// Accepts another result of one profile in each round, which begins at the moment that it is sent.
const [report, profile, rounds] = process.argv.slice(2) as [string, string, string]
const paths = pathsOf(report)
for (let round = 0; round < Number(rounds); round++) {
  const used = usedIn(`${profile} ${round}`)
  process.send!('waits')
  const [begin] = (await once(process, 'message')) as [number]
  // Without a pause, so that all begin in the same millisecond.
  while (Date.now() < begin);
  await publishAlone(paths.freeze, () => accept(paths, profile, used, false))
  process.send!('done')
}
process.disconnect()

function usedIn(label: string): Used {
  const parts = { format: formatVersion, bundle: digestOf(label) }
  const stored = toStoredResult({
    key: keyOf(parts),
    parts,
    shown: [],
    exports: { result: label },
    measured: {},
    provenance: {
      ...{ label, node: process.version, platform: 'test', cpu: 'test' },
      ...{ computedAt: '2020-01-01T00:00:00.000Z', elapsedMs: 1, bytes: 1 },
    },
  })
  const none = { figures: [], shown: [], tables: {}, drawings: {}, sources: {}, environments: [] }
  const locked = { ...none, cells: {}, jobs: { [stored.key]: label }, seals: {}, measured: {}, kept: true }
  return { locked, stored: [stored] }
}
