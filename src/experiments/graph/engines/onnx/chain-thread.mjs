// A thread that adds up the sums of some chains of a batch. Rows stay here from step to step. This is JavaScript,
// since what compiles the sources on the fly does not do so in threads.
import { parentPort } from 'node:worker_threads'

/** @type {Map<number, { session: import('onnxruntime-node').InferenceSession, rows: Map<number, object> }>} */
const known = new Map()
const loaded = import('onnxruntime-node')

parentPort.on('message', async (/** @type {import('./helpers.ts').ChainOrder} */ order) => {
  try {
    const sums = await addUp(order)
    parentPort.postMessage(
      { sums },
      sums.map(({ buffer }) => buffer),
    )
  } catch (error) {
    parentPort.postMessage({ error })
  }
})

/** Runs a program, with the rows that it has or gets; gives its outputs. */
async function addUp({ program, model, options, rowsKey, rows, isNew, fed, forget }) {
  const { default: whole, ...named } = await loaded
  const runtime = whole ?? named
  if (forget !== undefined) {
    // One that did not compile is not there.
    await known.get(forget)?.session.release()
    known.delete(forget)
  }
  if (model)
    known.set(program, { session: await runtime.InferenceSession.create(model, options), rows: new Map() })
  const one = known.get(program)
  if (isNew) one.rows = new Map()
  if (rows) one.rows.set(rowsKey, tensors(runtime, rows))
  const outputs = await one.session.run({ ...one.rows.get(rowsKey), ...tensors(runtime, fed) })
  return one.session.outputNames.map((name) => outputs[name].data)
}

/** Makes tensors of plain elements. */
function tensors({ Tensor }, all) {
  const entries = Object.entries(all)
  return Object.fromEntries(
    entries.map(([name, { type, data, shape }]) => [name, new Tensor(type, data, shape)]),
  )
}
