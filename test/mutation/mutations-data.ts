import { cells, listOf } from './mutation.ts'
import { add, remove, replace, rewrite } from './sources.ts'

const rows = cells('rows', 'tbl-rows', 'halves', 'tbl-summary')
const offset = cells('offset', 'mixed', 'tbl-summary')
const tally = [...cells('tallied'), 'job tally upTo=5 by=1']
const version = (name: string, more = '') =>
  replace(`node_modules/${name}/package.json`, '1.0.0', `1.0.1${more}`)

/** Changes of data files, of files that a cell reads through node:fs, and of installed packages. */
export const dataMutations = listOf({
  'a number of a CSV file': [replace('data/rows.csv', '2.5', '2.75'), rows],
  'a line of a CSV file': [rewrite('data/rows.csv', (text) => `${text}top,8\n`), rows],
  'quotes in a CSV file': [replace('data/rows.csv', 'low', '"low"'), []],
  'the lines of a CSV file, ended as on Windows': [
    rewrite('data/rows.csv', (text) => text.replaceAll('\n', '\r\n')),
    [],
  ],
  'a used member of a JSON file': [
    replace('data/settings.json', '"offset": 5', '"offset": 6'),
    offset,
    tally,
  ],
  'an unread member of a JSON file': [
    replace('data/settings.json', '"unread": 7', '"unread": 8'),
    [],
    [...cells('offset'), ...tally],
  ],
  'white space of a JSON file': [rewrite('data/settings.json', (text) => text.replaceAll(/\s+/g, ' ')), []],
  'a word of a text file': [replace('data/note.txt', 'A first', 'The first'), cells('first-line')],
  'a word of a text file that is not shown': [
    replace('data/note.txt', 'A second', 'The second'),
    [],
    cells('first-line'),
  ],
  'a byte of a file that is read': [
    replace('data/readings.dat', '12', '13'),
    cells('readings', 'fig-readings'),
    [],
    cells('readings'),
  ],
  'a byte of a file that is read, with an equal result': [
    rewrite('data/readings.dat', (text) => `${text}\n`),
    cells('readings'),
    [],
    cells('readings'),
  ],
  'a file that is read, taken away': [remove('data/readings.dat'), cells('readings')],
  'a file added to a folder that is listed': [
    add('data/listed/three.txt', 'three\n'),
    cells('listed'),
    [],
    cells('listed'),
  ],
  'a file taken from a folder that is listed': [
    remove('data/listed/two.txt'),
    cells('listed'),
    [],
    cells('listed'),
  ],
  'a file of a folder that is listed, not its name': [replace('data/listed/two.txt', 'two', 'zwei'), []],
  'a file that nobody reads': [add('data/more.csv', 'a,b\n1,2\n'), []],
  'the version of a package': [version('alpha'), cells('mixed')],
  'the version of a package, with what it does': [
    (sources) => replace('node_modules/alpha/index.js', '+ 1', '+ 2')(version('alpha')(sources)),
    cells('mixed', 'tbl-summary'),
  ],
  'the version of a dependency of a package': [
    (sources) => replace('node_modules/beta/index.js', 'weight = 2', 'weight = 3')(version('beta')(sources)),
    cells('mixed', 'tbl-summary'),
  ],
  'the version of an optional dependency': [version('gamma'), []],
  'the version of a peer dependency': [version('delta'), []],
  'the version of a package that nobody imports': [version('spare', '-beta'), []],
  'the version of a package that a module imports': [
    (sources) => replace('node_modules/omega/index.js', '= 1', '= 0')(version('omega')(sources)),
    cells('ends-well'),
  ],
  'a dependency added to a dependency': [
    replace('node_modules/beta/package.json', '"type"', '"dependencies": { "spare": "1" }, "type"'),
    cells('mixed'),
  ],
  'the description of a package': [
    replace('node_modules/alpha/package.json', '"type"', '"description": "Mixes.", "type"'),
    [],
  ],
  "the project's own version": [replace('package.json', '1.0.0', '1.1.0'), []],
})
