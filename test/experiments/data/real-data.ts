import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')

/** The folder of the published data sets: WEFT_DATA, else ../shared/data beside the project, if either exists. */
export const realData = [process.env.WEFT_DATA, join(root, '../shared/data')].find(
  (folder) => folder && existsSync(join(folder, 'fashion-mnist')),
)

/** Options of a test that needs this data. */
export const needsRealData = {
  skip: realData ? false : 'the published data is absent: set WEFT_DATA to its folder',
}
