import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { apiEntries } from '../../docs/guide/api-entries.ts'
import { ruleExamples } from '../../docs/guide/rule-examples.ts'
import { commandTable, optionTable } from '../../src/cli/option-table.ts'
import { Unreadable } from '../../src/render/model/messages.ts'
import { features } from '../../src/render/model/optional-packages.ts'
import { rules } from '../../src/render/model/rules.ts'
import { buildProject, messagesOf } from '../render/execute/build-project.ts'
import { home } from '../tool-copy.ts'
import { chapters, exampleFolder, examplesOf, fencesOf, guide, writeExample } from './guide-examples.ts'

const read = (path: string) => readFileSync(join(home, path), 'utf8')
const manifest = JSON.parse(read('package.json'))

// What breaks them cannot be shown in a report alone.
const wordsAlone = [
  'result-is-current',
  'result-is-reproducible',
  'result-is-whole',
  'claim-is-clear',
  'section-fits',
  'page-is-proved',
]

test('the guide should have an entry for every rule', () => {
  assert.deepEqual(Object.keys(ruleExamples), Object.keys(rules))
  const without = Object.entries(ruleExamples).filter(([, { breaks, cures }]) => !breaks || !cures)
  assert.deepEqual(
    without.map(([rule]) => rule),
    wordsAlone,
  )
})

async function saidOf(t: Parameters<typeof exampleFolder>[0], text: string): Promise<readonly string[]> {
  const folder = exampleFolder(t)
  writeExample(folder, text)
  try {
    return (await buildProject(folder, { lint: true })).said
  } catch (error) {
    if (error instanceof Unreadable) return messagesOf(error.files)
    throw error
  }
}

for (const [rule, { breaks, cures, isOfPage }] of Object.entries(ruleExamples))
  if (breaks !== undefined && cures !== undefined && !isOfPage)
    test(`the example of ${rule} should break it, and its cure cure it`, async (t) => {
      const said = await saidOf(t, breaks)
      assert.ok(
        said.some((message) => new RegExp(`^[^ ]+ ${rule} `).test(message)),
        said.join('\n'),
      )
      assert.deepEqual(await saidOf(t, cures), [])
    })

for (const chapter of chapters)
  for (const [index, example] of examplesOf(chapter).entries())
    test(`example ${index + 1} of ${chapter} should build without a message`, async (t) => {
      assert.deepEqual(await saidOf(t, example), [])
    })

const documents = [...chapters.map((name) => `docs/guide/${name}`), 'README.md', 'CONTRIBUTING.md']

test('documents should name commands, options and scripts that there are', () => {
  const wrong = documents.flatMap((path) => {
    const text = read(path)
    const commands = [
      ...fencesOf(text, 'sh').flatMap((fence) => fence.split('\n')),
      ...[...text.matchAll(/`((?:npx |npm run )?weft[ -][^`]+|npm run [^`]+)`/g)].map(([, code]) => code!),
    ]
    return commands
      .flatMap((command) => faultsOf(command.replace(/\s#.*/, '')))
      .map((fault) => `${path}: ${fault}`)
  })
  assert.deepEqual(wrong, [])
})

// Data files and init have options of their own.
function faultsOf(command: string): string[] {
  const script = /\bnpm run ([\w:]+)/.exec(command)
  if (script && script[1] !== 'weft') {
    const isKnown = Object.hasOwn(manifest.scripts, script[1]!)
    return isKnown ? [] : [`no script ${script[1]} for \`${command}\``]
  }
  const [, name] = /\b(?:npx weft|npm run weft --|^weft) ([a-z]+)\b/.exec(command) ?? []
  if (name === undefined) return []
  if (!Object.hasOwn(commandTable, name)) return [`no command ${name} for \`${command}\``]
  if (name === 'add') {
    const wanted = command.split(' add ')[1]!.split(' ')
    return wanted.filter((one) => !Object.hasOwn(features, one)).map((one) => `no feature ${one}`)
  }
  if (['data', 'init'].includes(name)) return []
  const options = [...command.matchAll(/ --([a-z-]+)/g)].map(([, option]) => option!)
  return options
    .filter((option) => !Object.hasOwn(optionTable, option))
    .map((option) => `no option --${option}`)
}

test('code in the guide should import what the package exports', () => {
  const entries = apiEntries()
  const wrong = chapters.flatMap((chapter) =>
    [
      ...readFileSync(join(guide, chapter), 'utf8').matchAll(
        /import (?:\{([^}]*)\}|\w+) from '(weft\/[\w-]+)'/g,
      ),
    ].flatMap(([, names = '', entry]) => {
      if (!Object.hasOwn(manifest.exports, entry!.replace('weft', '.'))) return [`${chapter}: ${entry}`]
      const known = entries.split(`## ${entry}\n`)[1]?.split('\n## ')[0]
      return names
        .split(',')
        .map((name) => name.replace(/^\s*type /, '').trim())
        .filter((name) => name !== '' && known !== undefined && !known.includes(`### ${name}\n`))
        .map((name) => `${chapter}: ${name} of ${entry}`)
    }),
  )
  assert.deepEqual(wrong, [])
})

test('apiEntries should give names, docstrings as text, and signatures', () => {
  const entries = apiEntries()
  assert.match(entries, /### percent\n\n[^#]*~~~ts\nfunction percent\(/)
  assert.match(entries, /### defineExperiment\n\nDeclares an experiment\. It must be a named export/)
  for (const name of ['TableOptions', 'lineChart', 'overSeeds', 'placeholder', 'fit'])
    assert.match(entries, new RegExp(`^### ${name}$`, 'm'))
  // Members of types say what they are, all else does by itself.
  const bare = [...entries.matchAll(/^### (\S+)\n\n~~~ts\n(?!interface|type)/gm)].map(([, name]) => name)
  assert.deepEqual(bare, [])
})
