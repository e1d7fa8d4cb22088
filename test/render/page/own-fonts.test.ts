import assert from 'node:assert/strict'
import test from 'node:test'
import { layPages } from '../../../src/render/page/lay-pages.ts'
import { openOwnFonts } from '../../../src/render/page/own-fonts.ts'
import { renderedOf, toHtml } from './rendered-of.ts'

const root = process.cwd()
const plain = { family: 'text', weight: 400, style: 'normal' } as const

test('openOwnFonts should find the face of a letter, in the nearest cut that a font has', async () => {
  const { fonts, problems } = await openOwnFonts(['noto-naskh-arabic'], root)
  assert.deepEqual(problems, [])
  const [font] = fonts
  const file = (character: string, cut = {}) =>
    font!.faceOf(character, { ...plain, ...cut })?.path.replace(/^.*\//, '')
  assert.equal(file('ش'), 'noto-naskh-arabic-arabic-400-normal.woff2')
  assert.equal(file('ش', { weight: 600, style: 'italic' }), 'noto-naskh-arabic-arabic-600-normal.woff2')
  assert.equal(file('日'), undefined)
  // In its range, but not in the font.
  assert.equal(file('\u0897'), undefined)
})

test('openOwnFonts should say what to install, and refuse what is no name of a package', async () => {
  const { fonts, problems } = await openOwnFonts(['noto-sans-none', '../secret', 'roboto'], root)
  assert.deepEqual(
    fonts.map(({ family }) => family),
    ['Roboto'],
  )
  assert.match(problems[0]!.reason, /run `npm install @fontsource\/noto-sans-none`/)
  assert.match(problems[1]!.reason, /^expected the name of a @fontsource package/)
})

const words = 'هذا ملخص التقرير الذي يحتوي على نتائج'

test('a page should embed the fonts that its front matter names, and name them in its rules', async () => {
  const rendered = renderedOf([words], { cwd: root })
  const html = await toHtml({ ...rendered, front: { ...rendered.front, fonts: ['noto-naskh-arabic'] } })
  assert.match(html, /@font-face\{font-family:'Noto Naskh Arabic';font-weight:400/)
  assert.match(html, /font:400 1rem[^}]*'Source Sans 3', 'Noto Naskh Arabic', serif/)
  assert.deepEqual(rendered.chapters[0]!.file.messages.map(String), [])
})

test('a page without the font of a script should say which one has it, once', async () => {
  const rendered = renderedOf([words], { cwd: root })
  await toHtml(rendered)
  const reasons = rendered.chapters[0]!.file.messages.map(({ reason }) => reason)
  assert.equal(reasons.length, 1)
  assert.match(
    reasons[0]!,
    /^Cannot embed `.` and \d+ more letters of its script.*fonts: \[noto-naskh-arabic\]/,
  )
})

test('a page that nobody vouches for should have no fonts of its own', async () => {
  const rendered = renderedOf(['# A'])
  const safety = { purge: <T>(tree: T) => tree, head: '', formulaEm: 10 }
  const front = { ...rendered.front, fonts: ['noto-naskh-arabic'] }
  await layPages({ ...rendered, front }, { safety })
  const [message] = rendered.chapters[0]!.file.messages
  assert.match(message!.reason, /^Cannot use the font `noto-naskh-arabic`, an untrusted report/)
  assert.equal(message!.fatal, true)
})
