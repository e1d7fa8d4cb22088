import { posix } from 'node:path'
import type { Finding, HandedFile } from './finding.ts'
import { textIn } from './finding.ts'

/** Size in bytes up to which a data file that the code names counts as part of the code. */
export const mostDataBytes = 1_000_000
/** Size in bytes up to which any other file is no data set. */
const mostBytes = 10_000_000

const dataFile =
  /\.(h5|hdf5|npy|npz|mat|idx|parquet|arrow|feather|sqlite3?|db|pkl|pickle|joblib|pt|pth|ckpt|onnx|safetensors|tfrecords?|xlsx?|ods|csv|tsv|jsonl|ndjson|gz|tgz|zip|tar|xz|zst|bz2|7z|rar|bin|dat|rds|rdata|sav|dta)$|-idx\d-ubyte$/i
const code = /\.([cm]?[jt]sx?|md|markdown|css|json)$/

/**
 * Lists data files: those that no code or chapter names, and those over 1 MB; and any file over 10 MB. A small data
 * file that the code names belongs to it.
 *
 * @param packages tarballs that package.json installs from
 */
export function auditData(files: readonly HandedFile[], packages: readonly string[]): Finding[] {
  const suspects = files.filter(
    ({ name, bytes }) => !packages.includes(name) && (dataFile.test(name) || bytes.length > mostBytes),
  )
  if (suspects.length === 0) return []
  const texts = files.filter(({ name }) => code.test(name)).map((file) => textIn(file) ?? '')
  return suspects.flatMap(({ name, bytes }) => {
    const isNamed = texts.some((text) => text.includes(posix.basename(name)))
    if (isNamed && bytes.length <= mostDataBytes) return []
    const size = `${(bytes.length / 1e6).toFixed(1)} MB`
    const isSmall = bytes.length <= mostDataBytes
    const reason = isSmall
      ? 'Unexpected data file, nothing of the report names it'
      : `Unexpected data file of ${size}, expected none over ${mostDataBytes / 1e6} MB`
    const cure = isSmall
      ? 'remove it, or name it in .gitignore'
      : 'keep it outside the project or name it in .gitignore, and name the data set by a param'
    return [{ rule: 'no-data', file: name, reason, cure }]
  })
}
