import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Start } from './check-mutation.ts'
import { checkMutation, openStart } from './check-mutation.ts'
import { cells, listOf } from './mutation.ts'
import type { Sources } from './sources.ts'
import { all, fixtureSources, replace } from './sources.ts'

// A module and an experiment in a folder with its own packages: each must get the version that it resolves.
const nested = {
  'src/nested/node_modules/omega/package.json':
    '{ "name": "omega", "version": "2.0.0", "type": "module", "exports": "./index.js" }\n',
  'src/nested/node_modules/omega/index.js': 'export const omega = 22\n',
  'src/nested/use.ts': "import { omega } from 'omega'\n\nexport const inner = 'Inner omega is ' + omega\n",
  'src/nested/weigh.ts': `import { omega } from 'omega'
import { defineExperiment } from 'weft/experiment'
import { trace } from '../trace.ts'

export const weigh = defineExperiment({
  name: 'weigh',
  params: { parse: (value: unknown) => value as object },
  run() {
    trace('job weigh')
    return { weight: omega * 10 }
  },
})
`,
}

const cellsOfNested = `
\`\`\`ts exec #inner
import { inner } from '../src/nested/use.ts'
import { trace } from '../src/trace.ts'

trace('cell inner')
export default inner
\`\`\`

\`\`\`ts exec #weighed
import { run } from 'weft/experiment'
import { weigh } from '../src/nested/weigh.ts'
import { trace } from '../src/trace.ts'

trace('cell weighed')
export const { result: weighed } = await run(weigh, {})
\`\`\`

Weighed gives \`{ts} count(weighed.weight)\`.
`

const mutations = listOf({
  'the version in the nested folder': [
    all(
      replace('src/nested/node_modules/omega/package.json', '2.0.0', '2.1.0'),
      replace('src/nested/node_modules/omega/index.js', '22', '23'),
    ),
    [...cells('inner', 'weighed'), 'job weigh'],
  ],
  "the version in the project's own folder": [
    all(
      replace('node_modules/omega/package.json', '1.0.0', '1.1.0'),
      replace('node_modules/omega/index.js', '= 1', '= 0'),
    ),
    cells('ends-well'),
  ],
})

describe('a project with two versions of one package', () => {
  let start: Start

  before(async () => {
    const sources: Sources = { ...fixtureSources(), ...nested }
    const chapter = 'report-src/packages.md'
    start = await openStart({ ...sources, [chapter]: sources[chapter] + cellsOfNested })
  })
  after(() => start.box.close())

  it('should give each module the version that it resolves', () => {
    assert.match(start.page.print.replaceAll('\u00ad', ''), /Omega is above the threshold\./)
    assert.match(start.page.print, /Inner omega is 22</)
    assert.match(start.page.print, />220</)
  })

  for (const mutation of mutations) {
    it(`should run what must run after a change of ${mutation.name}`, async () => {
      assert.equal((await checkMutation(mutation, start)).join('\n'), '')
    })
  }
})
