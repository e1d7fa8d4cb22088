import type { Json } from '../model/types.ts'
import { assertJson } from '../output/to-json.ts'
import { toOutputs } from '../output/to-outputs.ts'
import type { Order, ThreadResult } from './protocol.ts'

type Value = Extract<ThreadResult, { ok: true }>['value']

/** Runs a cell: its default export becomes outputs, its other exports must be JSON. */
export async function runCell({ url }: Order): Promise<Value> {
  const module = (await import(url)) as Record<string, unknown>
  const exports: Record<string, Json> = {}
  for (const [name, value] of Object.entries(module)) {
    if (name === 'default') continue
    assertJson(value, name)
    exports[name] = value
  }
  return { shown: toOutputs(module.default), exports, measured: {}, facts: {} }
}
