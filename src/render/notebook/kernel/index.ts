// What the cells of a notebook call: `weft/notebook`.
export { importFile, sourceOf } from './files.ts'
export { openNotebook } from './open-notebook.ts'
export { show } from './show.ts'
