import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import rehypeStringify from 'rehype-stringify'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { type PluggableList, unified } from 'unified'
import { VFile } from 'vfile'
import type { RemarkExecOptions } from '../../../src/render/pipeline/remark-exec.ts'
import remarkExec from '../../../src/render/pipeline/remark-exec.ts'
import type { Project } from '../../report/project.ts'
import { emptyProject, environmentOf, home } from '../../report/project.ts'

const note = `# A note

Three times two is \`{ts} product\`, of \`{ts} params.factor\`.

\`\`\`ts exec #product
import { appendFileSync } from 'node:fs'
appendFileSync('../trace.txt', 'cell product\\n')
export const product = 3 * params.factor
\`\`\`

\`\`\`ts exec #tbl-product
import { table } from 'weft/output'
export default table([{ name: 'product', value: product }], { caption: 'One *row*.' })
\`\`\`

\`\`\`ts exec #fig-product
import { figure } from 'weft/output'
export default figure(
  { mark: 'bar', data: { values: [{ x: 1, y: product }] }, encoding: { x: { field: 'x' }, y: { field: 'y' } } },
  { alt: 'One bar.' },
)
\`\`\`

See @tbl-product. :claim[It is six.]{that='product === 6'}

| GitHub's | table |
| -------- | ----- |
| 1        | 2     |
`

/** Runs a project's note through a plain pipeline. */
async function html(
  project: Project,
  options: RemarkExecOptions = {},
  plugins: PluggableList = [],
): Promise<{ file: VFile; text: string }> {
  const file = await unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkDirective)
    .use(plugins)
    .use(remarkExec, { params: { factor: 2 }, env: environmentOf(project), ...options })
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeStringify, { allowDangerousHtml: true })
    .process(new VFile({ path: project.path('note.md'), value: project.read('note.md') }))
  return { file, text: String(file) }
}

function noteIn(test: { after(clean: () => void): void }, text = note): Project {
  const project = emptyProject(test, 'notes')
  project.write('note.md', text)
  return project
}

describe('remarkExec', () => {
  it('should run cells and put values, tables and figures in their places', async (t) => {
    const project = noteIn(t)
    const { file, text } = await html(project)
    assert.deepEqual(file.messages.map(String), [])
    assert.deepEqual(project.ran(), ['cell product'])
    const stages = [
      '<h1>A note</h1>',
      '<span class="weft-value" data-value="note.md/a-note/v-a8792157">6</span>, of <span',
      'export const product = 3 * params.factor',
      '<figure class="weft-table" id="tbl-product"><figcaption>',
      'One <em>row</em>.',
      'id="fig-product"',
      '<svg',
      '<a class="weft-reference" href="#tbl-product">Table 1</a>',
      '<span class="weft-claim" data-value="note.md/a-note/c-863ea1d7">It is six.</span>',
      '<th>GitHub',
    ]
    const places = stages.map((stage) => text.replaceAll('\u00a0', ' ').indexOf(stage))
    assert.ok(!places.includes(-1), `${stages[places.indexOf(-1)]} in\n${text}`)
    assert.deepEqual(
      [...places].sort((a, b) => a - b),
      places,
    )
  })

  it('should need no raw HTML, and name things in the language of the host', async (t) => {
    const project = noteIn(t, `${note}\n\n$$\na\n$$ {#eq-a}\n\nBy @eq-a.`)
    const tree = unified().use(remarkParse).use(remarkGfm).use(remarkDirective).use(remarkMath)
    const file = await tree
      .use(remarkExec, { params: { factor: 2 }, env: environmentOf(project), lang: 'de' })
      .use(remarkRehype)
      .use(rehypeStringify)
      .process(new VFile({ path: project.path('note.md'), value: project.read('note.md') }))
    const text = String(file).replaceAll('\u00a0', ' ')
    assert.match(text, /<figure class="weft-figure" id="fig-product"><svg role="img" [^>]*viewBox="0 0/)
    assert.match(text, /href="#tbl-product">Tabelle 1</)
    assert.match(text, /<div id="eq-a" class="weft-equation"><pre><code class="language-math math-display">a/)
    assert.match(text, /href="#eq-a">Gleichung 1</)
    assert.match(text, /<summary>Code<\/summary>/)
  })

  it('should run nothing the second time, and everything again with `rerun`', async (t) => {
    const project = noteIn(t)
    const first = await html(project)
    assert.deepEqual(project.ran(), ['cell product'])
    const second = await html(project)
    assert.deepEqual(project.ran(), [])
    assert.equal(second.text, first.text)
    await html(project, { rerun: true })
    assert.deepEqual(project.ran(), ['cell product'])
  })

  it('should run what depends on a changed param, and store results in the given folder', async (t) => {
    const project = noteIn(t)
    await html(project, { cache: project.path('kept') })
    project.ran()
    const { text, file } = await html(project, {
      cache: project.path('kept'),
      params: { factor: 5 },
      onError: 'warn',
    })
    assert.deepEqual(project.ran(), ['cell product'])
    assert.match(text, /<span class="weft-value" data-value="[^"]+">15<\/span>/)
    assert.match(String(file.messages[0]), /Claim does not hold: product is 15/)
    assert.ok(existsSync(project.path('kept/freeze')))
    assert.ok(!existsSync(project.path('.weft')))
  })

  it('should add messages to the file at their places, and render the rest', async (t) => {
    const project = noteIn(
      t,
      [
        'Unknown: `{ts} nothing`, known: `{ts} params.factor`.',
        '```ts exec #broken\nconst one = 1\nthrow new Error("no " + one)\n```',
        '```ts exec #sound\nexport const two = 2\n```',
        'Sound: `{ts} two`.',
      ].join('\n\n'),
    )
    await assert.rejects(html(project), ({ message }: Error) => {
      assert.deepEqual(message.split('\n').slice(0, 2), [
        "Cannot publish note.md, expected no error, found 2 errors (`onError: 'warn'` publishes it anyway):",
        'note.md:1:10 Unknown name `nothing`, expected an export of a cell, params or a formatter [value-resolves]',
      ])
      assert.match(message, /\nnote\.md:5:7 Cannot run `#broken`, no 1\n.*\[cell-runs\]$/)
      return true
    })
    const { file, text } = await html(project, { onError: 'warn' })
    assert.deepEqual(
      file.messages.map(({ line, column, ruleId, source, fatal }) => ({
        line,
        column,
        ruleId,
        source,
        fatal,
      })),
      [
        { line: 1, column: 10, ruleId: 'value-resolves', source: 'weft', fatal: true },
        { line: 5, column: 7, ruleId: 'cell-runs', source: 'weft', fatal: true },
      ],
    )
    assert.match(text, /known: <span class="weft-value" data-value="[^"]+">2<\/span>/)
    assert.match(text, /<div class="weft-failure" role="alert"><p>Cannot run #broken, no 1<\/p>/)
    assert.match(text, /Sound: <span class="weft-value" data-value="[^"]+">2<\/span>/)
  })

  it('should fail for a false claim, a wrong value, a failed cell and an unknown reference', async (t) => {
    const faults: [string, RegExp][] = [
      [":claim[It is five.]{that='params.factor === 5'}", /:1:1 Claim does not hold: .*\[claim-holds\]/],
      ['`{ts} params.factor.none`', /:1:1 .*\[value-resolves\]/],
      ['```ts exec #a\nthrow new Error("no")\n```', /:2:7 Cannot run `#a`, no[\s\S]*\[cell-runs\]/],
      [
        '```ts exec #a\nexport const one = 1\n',
        /:1:1 Cannot find the end of the fence .*\[cell-is-recognized\]/,
      ],
      ['See @fig-none.', /:1:5 Unknown reference .*\[reference-resolves\]/],
    ]
    for (const [text, expected] of faults) {
      await assert.rejects(html(noteIn(t, text)), ({ message }: Error) => {
        assert.match(message, /expected no error, found 1 error /)
        assert.match(message, expected)
        return true
      })
    }
  })

  it('should warn about near misses, and leave directives to other plugins', async (t) => {
    const { file } = await html(noteIn(t, 'Of `{ts}1`, @tab-x.\n\n:::note\nIt is.\n:::\n'))
    assert.deepEqual(
      file.messages.map(({ line, column, ruleId, fatal }) => [line, column, ruleId, fatal]),
      [
        [1, 4, 'value-is-recognized', false],
        [1, 13, 'reference-resolves', false],
      ],
    )
  })

  it('should be the export weft/remark of the package', async () => {
    const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    const built = await import(pathToFileURL(join(home, manifest.exports['./remark'].default)).href)
    assert.equal(built.default.name, remarkExec.name)
  })

  it('should require a file with a path', async () => {
    const pipeline = unified().use(remarkParse).use(remarkExec).use(remarkRehype).use(rehypeStringify)
    await assert.rejects(pipeline.process('Text.'), /Cannot run cells, expected a file with a path/)
  })

  it('should fill registers, and report unknown ones', async (t) => {
    const project = noteIn(t, `${note}\n::register{#tbl-claims of=claims}\n\n::register{of=nothing}\n`)
    const { file, text } = await html(project, { onError: 'warn' })
    assert.match(text, /<figure class="weft-table weft-register" id="tbl-claims">/)
    assert.match(text, /<th scope="row" class="align-left">It is six\./)
    assert.deepEqual(
      file.messages.map(({ ruleId, line }) => [ruleId, line]),
      [['register-is-known', note.split('\n').length + 3]],
    )
  })

  it('should accept the label of an equation on its closing fence, and headings of any first level', async (t) => {
    const project = noteIn(t, '## One\n\n$$\nx\n$$ {#eq-a}\n\nSee @eq-a, not *all* of it.\n')
    const { file, text } = await html(project, {}, [remarkMath])
    assert.deepEqual(file.messages.map(String), [])
    assert.match(
      text,
      /<div id="eq-a" class="weft-equation"><pre><code class="language-math math-display">x\n\\tag\{1\}<\/code><\/pre>/,
    )
    assert.match(text, /See <a [^>]*href="#eq-a">Equation.1<\/a>, not <em>all<\/em> of it\./)
  })

  it('should say once that it cannot write citations', async (t) => {
    const body =
      'As [@kingma] and [see @ba, p. 3].\n\n::register{of=references}\n\n::register{of=references}\n'
    const { file, text } = await html(noteIn(t, body))
    assert.match(text, /As \[@kingma\] and \[see @ba, p\. 3\]\./)
    assert.deepEqual(
      file.messages.map(({ ruleId, line, column, fatal, reason }) => [ruleId, line, column, fatal, reason]),
      [
        [
          ...['citation-resolves', 1, 4, false],
          'Cannot cite here, expected a report with a `bibliography` in its front matter',
        ],
        [
          ...['register-is-known', 3, 1, false],
          'Cannot list references here, expected a report with a `bibliography` in its front matter',
        ],
      ],
    )
  })
})
