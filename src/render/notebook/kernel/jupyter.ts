import { setTimeout } from 'node:timers/promises'
import type { Json } from '../../model/types.ts'
import type { MimeBundle } from '../nbformat.ts'

interface Jupyter {
  broadcast(type: string, content: { readonly [name: string]: Json }): Promise<void>
}

/** Shows things in the notebook whose kernel this is. */
export interface Display {
  /** Shows an output below the cell that runs; another one with its id then replaces it. */
  show(bundle: MimeBundle, id?: string): Promise<void>
  update(bundle: MimeBundle, id: string): Promise<void>
  /** Resolves when all that was shown has left the kernel. */
  settle(): Promise<void>
}

// Deno sends what a cell shows beside its end, and what comes after the end is lost to programs that run notebooks.
const settlingMs = 25

/** Opens the display of Deno's kernel; elsewhere nothing is shown. */
export function openDisplay(jupyter: Jupyter | undefined = kernelHere()): Display {
  let last: Promise<unknown> = Promise.resolve()
  // One after the other: what is shown must not come after its update.
  const send = (type: string, data: MimeBundle, id?: string): Promise<void> => {
    const transient: Json = id === undefined ? {} : { display_id: id }
    const sent = last.then(() => jupyter?.broadcast(type, { data, metadata: {}, transient }))
    last = sent.catch(() => {})
    return sent
  }
  return {
    show: (bundle, id) => send('display_data', bundle, id),
    update: (bundle, id) => send('update_display_data', bundle, id),
    async settle() {
      await last
      if (jupyter) await setTimeout(settlingMs)
    },
  }
}

function kernelHere(): Jupyter | undefined {
  try {
    return (globalThis as { readonly Deno?: { readonly jupyter?: Jupyter } }).Deno?.jupyter
  } catch {
    // Deno outside a notebook.
    return undefined
  }
}
