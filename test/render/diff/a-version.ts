import type { Version } from '../../../src/render/diff/version.ts'
import { outputsIn } from '../../../src/render/diff/version.ts'
import { digestOf, sha256 } from '../../../src/render/model/digest.ts'
import type { Environment, LockedProfile } from '../../../src/render/model/lock.ts'
import type { Json, Output, StoredResult } from '../../../src/render/model/types.ts'

type Shown = LockedProfile['shown'][number]

/** What a version of a test has. */
export interface Parts {
  readonly name?: string
  readonly results?: readonly StoredResult[]
  readonly shown?: readonly Shown[]
  readonly packages?: Readonly<Record<string, string>>
  readonly environments?: readonly Environment[]
  readonly tables?: LockedProfile['tables']
  readonly drawings?: LockedProfile['drawings']
}

/** Makes a version of a report without chapters: with its results, or with the numbers of its lock alone. */
export function aVersion({ name = 'v', results = [], shown = [], packages = {}, ...own }: Parts): Version {
  const stored = new Map(results.map((one) => [one.key, one]))
  const cells = Object.fromEntries(
    results.filter(({ provenance }) => !provenance.job).map(({ key, provenance }) => [provenance.label, key]),
  )
  const outputs = outputsIn(cells, stored)
  return {
    name,
    detail: 'of a test',
    numbers: 'accepted',
    locked: {
      cells,
      jobs: {},
      figures: [],
      shown: [...shown],
      tables: { ...outputs.tables, ...own.tables },
      drawings: { ...outputs.drawings, ...own.drawings },
      sources: {},
      environments: [...(own.environments ?? outputs.environments)],
      seals: {},
      measured: {},
      kept: results.length > 0,
    },
    tree: undefined,
    stored,
    spec: () => undefined,
    drawing: async () => undefined,
    packages: new Map(Object.entries(packages)),
    notes: [],
  }
}

/** Makes the result of a job that used its engine. */
export function aJob(
  result: Json,
  {
    code = 'a',
    cpu = 'x',
    measured = {},
    seed = 1,
  }: { code?: string; cpu?: string; measured?: Record<string, Json>; seed?: number } = {},
): StoredResult {
  const job = { module: './train.ts', name: 'train', params: { epochs: 3 }, seed }
  return aResult(
    { bundle: sha256(code), seed: String(seed), 'package:zod': sha256(code === 'z' ? '4' : '3') },
    { result },
    [],
    {
      provenance: { job, engine: 'onnx 1', cpu, usesEngine: true, label: `train seed ${seed}` },
      measured,
    },
  )
}

/** Makes the result of a cell. */
export function aCell(
  label: string,
  exports: Record<string, Json>,
  {
    jobs = [],
    shown = [],
    needs = [],
    code = 'c',
  }: {
    jobs?: readonly StoredResult[]
    shown?: readonly Output[]
    needs?: readonly string[]
    code?: string
  } = {},
): StoredResult {
  const parts = Object.fromEntries(needs.map((name) => [`export:${name}`, sha256(name)]))
  return aResult({ bundle: sha256(label + code), ...parts }, exports, shown, {
    provenance: { label, jobs: jobs.map(({ key }) => key) },
  })
}

interface Rest {
  readonly provenance: Partial<StoredResult['provenance']> & { readonly label: string }
  readonly measured?: Record<string, Json>
}

function aResult(
  parts: Record<string, string>,
  exports: Record<string, Json>,
  shown: readonly Output[],
  { provenance, measured = {} }: Rest,
): StoredResult {
  const common = { node: 'v20.1', platform: 'linux-x64', cpu: 'x', computedAt: '', elapsedMs: 1, bytes: 1 }
  return {
    key: digestOf({ ...parts, label: provenance.label }),
    parts,
    content: digestOf({ exports, measured } as unknown as Json),
    shown,
    exports,
    measured,
    provenance: { ...common, ...provenance },
  }
}

/** Makes a value or claim as a lock has it. */
export function aValue(source: string, text: string, read: Record<string, Json>, raw?: Json): Shown {
  return {
    id: `a.md/sec/v-${sha256(source).slice(0, 8)}`,
    file: 'a.md',
    kind: text === 'true' || text === 'false' ? 'claim' : 'value',
    source,
    text,
    read: read as Shown['read'],
    printed: raw === undefined ? [] : [{ raw: raw as Shown['printed'][number]['raw'], text }],
  }
}
