import { parseHTML } from 'linkedom'
import { makeCanvas } from './canvas.ts'

// Gives a cell a document, in which libraries such as Observable Plot and D3 draw: `import 'weft/document'`.

const { document } = parseHTML('<!doctype html><html><head></head><body></body></html>')
const createElement = document.createElement.bind(document)
document.createElement = ((name: string) =>
  name.toLowerCase() === 'canvas' ? makeCanvas() : createElement(name)) as typeof createElement
Object.assign(globalThis, { document, window: { document } })
