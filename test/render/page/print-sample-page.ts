import { sha256 } from '../../../src/render/model/digest.ts'
import { renderedOf, toHtml } from './rendered-of.ts'

// Run as a program of its own, in other surroundings: tells the digest of a page.
const front = { date: '2026-11-30', author: [{ name: 'A', affiliations: [] }] }
const rendered = renderedOf(['Abstract', '# Part\n\n$\\sum x$\n\n```ts\nconst a = 1 // α\n```'], { front })
toHtml(rendered).then((html) => console.log(sha256(html)))
