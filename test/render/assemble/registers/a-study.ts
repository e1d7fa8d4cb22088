import type { Files } from '../../execute/temporary-project.ts'
import { cell } from '../../execute/temporary-project.ts'

/** Makes a module with one experiment that accepts any params, with the given body of its run. */
export function experiment(name: string, body: string, head = ''): string {
  return `${head}import { defineExperiment } from 'weft/experiment'
import { z } from 'zod'

/** Tries ${name}. */
export const ${name} = defineExperiment({
  name: '${name}',
  params: z.record(z.string(), z.json()),
  run: (params, { seed, engine }) => { ${body} },
})
`
}

/** Two experiments; one imports a neighbour and a file from another folder. */
export const study: Files = {
  'src/part/train.ts': experiment(
    'train',
    'return { accuracy: 0.9 + seed / 100, size: sizeOf(params) }',
    "import { sizeOf } from './size.ts'\nimport { other } from '../other/other.ts'\nconsole.log(other)\n",
  ),
  'src/part/size.ts':
    "import { one } from './one.ts'\nexport const sizeOf = (x: object) => Object.keys(x).length * one\n",
  'src/part/one.ts': '// One and no more.\nexport const one = 1\n',
  'src/other/other.ts': "export const other = 'other'\n",
  'src/part/facts.ts': experiment(
    'facts',
    "return { name: params.data, title: 'Made-up rows', source: 'made up, https://example.org/rows', licence: 'none', train: 1200, test: 30, rule: 'By turns.', cleaning: { blank: 7 } }",
  ),
}

/** Makes a cell that runs `train` with a list of params, over two seeds each. */
export function trainCell(label: string, ...params: readonly string[]): string {
  return cell(
    label,
    "import { overSeeds } from 'weft/experiment'",
    "import { train } from './src/part/train.ts'",
    `export const ${label} = await Promise.all([${params.join(', ')}].map((params) => overSeeds(train, params, [1, 2])))`,
  )
}

/** Makes a cell that runs `facts`, which describes its data, with params. */
export function factsCell(params: string): string {
  return cell(
    'facts',
    "import { run } from 'weft/experiment'",
    "import { facts as describe } from './src/part/facts.ts'",
    `export const { result: facts } = await run(describe, ${params})`,
  )
}
