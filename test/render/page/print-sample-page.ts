import { sha256 } from '../../../src/render/model/digest.ts'
import { toHtml, wholeOf } from './whole-of.ts'

// Run as a program of its own, in other surroundings: tells the digest of a page.
const front = { date: '2026-11-30', author: ['A'] }
const whole = wholeOf(['Abstract', '# Part\n\n$\\sum x$\n\n```ts\nconst a = 1 // α\n```'], { front })
toHtml(whole).then((html) => console.log(sha256(html)))
