import type { Figure } from '../../src/render/model/types.ts'

/** A small report that asks for much. */
export interface Input {
  readonly name: string
  /** Text of report.md above its cells. */
  readonly text: string
  /** What its cells show, by label. */
  readonly figures?: { readonly [label: string]: Figure }
  /** The code of another cell. */
  readonly code?: string
}

const front = (more = '') => `---\ntitle: T\nauthor: A\n${more}---\n\n`
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join('')

const aliases = (count: number) =>
  front(`params:\n  full:\n    a: &a 1\n${times(count, (index) => `    b${index}: *a\n`)}`)

const growing = [...'bcdefghij'].map(
  (name, index) => `    ${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]\n`,
)

const figure = (steps: number): Figure => ({
  kind: 'figure',
  alt: 'Many points',
  spec: {
    data: { values: [{ a: 1 }, { a: 2 }] },
    transform: [{ density: 'a', steps, extent: [0, 3], as: ['a', 'b'] }],
    mark: 'point',
    encoding: { x: { field: 'a', type: 'quantitative' }, y: { field: 'b', type: 'quantitative' } },
  },
})

const figuresOf = (count: number, steps: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`fig-${index}`, figure(steps)]))

/** The inputs of the benchmark: each must end within its limits, whether the report is trusted or not. */
export const inputs: readonly Input[] = [
  {
    name: 'one long macro, used 100 times',
    text: `${front()}$\\def\\a{${'x'.repeat(3_000)}}${'\\a'.repeat(100)}$`,
  },
  {
    name: 'macros in 200 formulas',
    text: front() + times(200, (index) => `$\\def\\a{${'x'.repeat(400)}}${'\\a'.repeat(20)}_{${index}}$\n\n`),
  },
  {
    name: 'arguments within arguments',
    text: `${front()}$\\def\\a#1{#1#1#1#1}${'\\a{'.repeat(30)}x${'}'.repeat(30)}$`,
  },
  { name: '4,000 aliases', text: aliases(4_000) },
  { name: '20,000 aliases, 300 kB', text: aliases(20_000) },
  { name: 'aliases that grow', text: front(`params:\n  full:\n    a: &a 1\n${growing.join('')}`) },
  {
    name: '20,000 params',
    text: front(`params:\n  full:\n${times(20_000, (index) => `    b${index}: 1\n`)}`),
  },
  {
    name: 'scripts in HTML and markdown()',
    text: `${front()}${times(500, () => 'A <script>a</script> <b onclick=a()>b</b>\n\n')}`,
    code: "import { markdown } from 'weft/output'\nexport default markdown('<script>a</script>'.repeat(500))",
  },
  { name: 'a figure without end', text: front(), figures: figuresOf(1, 1e9) },
  { name: '30 slow figures', text: front(), figures: figuresOf(30, 60_000) },
]
