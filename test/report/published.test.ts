import assert from 'node:assert/strict'
import { copyFileSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { home, shippedIn } from './project.ts'
import { shownNumbers } from './shown-numbers.ts'

const data = [process.env.WEFT_DATA, join(home, '../shared/data')].find(
  (folder) => folder && existsSync(join(folder, 'fashion-mnist')),
)
const skip = data ? false : 'the published data is absent: set WEFT_DATA to its folder'
const lock = 'report-src/report.lock.json'

describe('the published report', () => {
  it('should give the accepted numbers again, to the last digit', { skip, timeout: 900_000 }, async (t) => {
    const project = shippedIn(t)
    assert.ok(existsSync(join(home, lock)), `expected ${lock}: accept the report`)
    copyFileSync(join(home, lock), project.path(lock))
    const accepted = shownNumbers(project, 'full')
    const { code, text } = await project.weft(['accept', '--rerun'], { WEFT_DATA: resolve(data!) })
    assert.equal(code, 0, text)
    assert.doesNotMatch(text, /^ *defrosted/m)
    assert.deepEqual(shownNumbers(project, 'full'), accepted)
    const numbers = accepted
      .flatMap(({ read }) => Object.values(read))
      .filter((value) => typeof value === 'number')
    assert.ok(numbers.length > 20, `${numbers.length} numbers`)
  })
})
