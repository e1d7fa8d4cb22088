import ts from 'typescript'
import { importNotebook } from '../../../../src/render/notebook/import/import-notebook.ts'

/** Makes a Markdown cell. */
export function markdown(source: string, more: object = {}) {
  return { cell_type: 'markdown', metadata: {}, source, ...more }
}

/** Makes a code cell whose source is a list of lines, as notebooks have it. */
export function code(source: string, more: object = {}) {
  const lines = source.split(/(?<=\n)/)
  return { cell_type: 'code', metadata: {}, execution_count: 1, outputs: [], source: lines, ...more }
}

export const deno = {
  kernelspec: { name: 'deno', language: 'typescript', display_name: 'Deno' },
  language_info: { name: 'typescript' },
}

export const python = {
  kernelspec: { name: 'python3', language: 'python' },
  language_info: { name: 'python' },
}

/** Writes a notebook of nbformat 4.5. */
export function notebookOf(cells: readonly object[], metadata: object = deno): string {
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 })
}

/** Imports a notebook that lies beside its chapter, with the TypeScript of this project. */
export function imported(text: string, toNotebook = '', chapter?: string) {
  return importNotebook(text, {
    name: 'a.ipynb',
    toNotebook,
    pictureFolder: 'a-files',
    ...(chapter !== undefined && { chapter }),
    loadTypeScript: async () => ts,
  })
}

/** Gives the text of the fences of cells, each by its label. */
export async function cellsOf(...sources: readonly (string | object)[]) {
  const cells = sources.map((one) => (typeof one === 'string' ? code(one) : one))
  const { markdown: text, notes } = await imported(notebookOf(cells))
  const fences = [...text.matchAll(/^```([jt]sx?) exec #(\S+)(.*)\n([\s\S]*?)\n```$/gm)]
  return {
    cells: fences.map((found) => found[4]!),
    infos: fences.map((found) => `${found[1]} #${found[2]}${found[3]}`),
    notes,
    text,
  }
}
