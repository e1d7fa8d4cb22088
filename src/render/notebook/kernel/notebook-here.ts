import type { Display } from './jupyter.ts'

/** The notebook that runs in this process. */
export interface NotebookHere {
  /** Absolute folder of the project. */
  readonly root: string
  readonly display: Display
}

const seam = Symbol.for('weft.notebook')

/** Gives the notebook of this process. Throws before `openNotebook` has opened it. */
export function notebookHere(): NotebookHere {
  const here = (globalThis as { [seam]?: NotebookHere })[seam]
  if (here) return here
  throw new Error('Cannot find the notebook, expected `openNotebook` to be called first: run the first cell')
}

export function setNotebookHere(here: NotebookHere): void {
  Object.assign(globalThis, { [seam]: here })
}
