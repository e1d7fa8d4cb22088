import { findPackage, packageDigest } from '../../src/render/bundle/packages.ts'
import { keyOf } from '../../src/render/cache/key.ts'
import type { ResultStore } from '../../src/render/cache/result-store.ts'
import { keysIn } from '../../src/render/cache/result-store.ts'
import { digestInOrder } from '../../src/render/model/digest.ts'
import type { Digest, Report } from '../../src/render/model/types.ts'

/**
 * Makes a store whose keys omit one part, `param:NAME` or `package:NAME`: it also gives results that differ from the
 * wanted one only in this part. The suite must notice that.
 */
export function ignoring(part: string, freeze: string) {
  return (store: ResultStore, report: Report): ResultStore => {
    const digest = digestNow(part, report)
    return {
      write: store.write,
      read(key) {
        const right = store.read(key)
        if (right) return right
        return keysIn(freeze)
          .flatMap((one) => store.read(one) ?? [])
          .find(({ parts }) => part in parts && keyOf({ ...parts, [part]: digest }) === key)
      },
    }
  }
}

function digestNow(part: string, report: Report): Digest {
  const name = part.slice(part.indexOf(':') + 1)
  return part.startsWith('param:')
    ? digestInOrder(report.params[name]!)
    : packageDigest(findPackage(name, report.root)!)
}
