import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { pathToFileURL } from 'node:url'
import { buildProject } from './build-project.ts'
import { cell, reportOf, temporaryProject } from './temporary-project.ts'

const meta = '[import.meta.url, import.meta.filename, import.meta.dirname]'

for (const name of ['weft-test-', 'weft test ünï#%20?&', "weft-'(1)"]) {
  test(`import.meta should mean the Markdown file and each module, in a folder such as ${name}`, async (t) => {
    const root = temporaryProject(
      t,
      {
        'report.md': reportOf(cell('a', `export const here = ${meta}`), { chapters: ['deep/b 1#.md'] }),
        'deep/b 1#.md': cell(
          'b',
          "import { where } from './modules/where.ts'",
          "import { deeper } from './modules/x/deeper.js'",
          "import { readFileSync } from 'node:fs'",
          `export const chapter = ${meta}`,
          'export const module = where',
          'export const inner = deeper()',
          "export const text = readFileSync(new URL('./modules/note.dat', import.meta.url), 'utf8')",
          'export const cwd = process.cwd()',
        ),
        'deep/modules/where.ts': `export const where = ${meta}\n`,
        'deep/modules/x/deeper.js': `export function deeper() { return ${meta} }\n`,
        'deep/modules/note.dat': 'Note',
      },
      name,
    )
    const { said, exports } = await buildProject(root)
    assert.deepEqual(said, [])
    const places = {
      here: 'report.md',
      chapter: 'deep/b 1#.md',
      module: 'deep/modules/where.ts',
      inner: 'deep/modules/x/deeper.js',
    }
    for (const [key, path] of Object.entries(places)) {
      const file = join(root, path)
      assert.deepEqual(exports[key], [pathToFileURL(file).href, file, join(file, '..')], key)
    }
    assert.equal(exports.text, 'Note')
    assert.equal(exports.cwd, root)
  })
}

test('import.meta should stay what it is in strings, comments and longer words', async (t) => {
  const lines = [
    '// import.meta.url is "here"',
    `export const quoted = ["import.meta.url", 'import.meta.dirname', \`import.meta.filename\`]`,
    'export const pattern = /import.meta.url/.source',
    'const own = { import: { meta: { url: 1 } } }',
    'export const member = own.import.meta.url',
    'export const real = import.meta.url.length > 0 && typeof import.meta.resolve',
  ]
  const root = temporaryProject(t, {
    'report.md': reportOf(
      cell('a', ...lines) + cell('b', "import { text } from './m.ts'", 'export const imported = text'),
    ),
    'm.ts': '/** See import.meta.url. */\nexport const text = `a "import.meta.url" b`\n',
  })
  const { said, exports } = await buildProject(root)
  assert.deepEqual(said, [])
  assert.deepEqual(exports, {
    quoted: ['import.meta.url', 'import.meta.dirname', 'import.meta.filename'],
    pattern: 'import.meta.url',
    member: 1,
    real: 'function',
    imported: 'a "import.meta.url" b',
  })
})

test('cells should import JSON, CSV, TSV and text as data, beside their chapter', async (t) => {
  const lines = [
    "import json from './data/a.json'",
    "import { x } from './data/a.json'",
    "import rows from './data/a.csv'",
    "import tabs from './data/a.tsv'",
    "import text from './data/a.txt'",
    "import { z } from 'zod'",
    'export const given = { json, x, rows, tabs, text, zod: z.number().parse(1) }',
  ]
  const root = temporaryProject(t, {
    'report.md': reportOf('', { chapters: ['deep/a.md'] }),
    'deep/a.md': cell('a', ...lines),
    'deep/data/a.json': '{"x": [1, null, "ü"], "y": 2}',
    'deep/data/a.csv': '\uFEFFid,loss,name\n007,1e-3,"a, b"\n008,,"ü ""q"""\r\n',
    'deep/data/a.tsv': 'a\tb\n1\t-2.5\n',
    'deep/data/a.txt': 'Größe\n',
  })
  const { said, exports } = await buildProject(root)
  assert.deepEqual(said, [])
  assert.deepEqual(exports.given, {
    json: { x: [1, null, 'ü'], y: 2 },
    x: [1, null, 'ü'],
    rows: [
      { id: '007', loss: 0.001, name: 'a, b' },
      { id: '008', loss: null, name: 'ü "q"' },
    ],
    tabs: [{ a: 1, b: -2.5 }],
    text: 'Größe\n',
    zod: 1,
  })
})
