import type { Display } from '../../../../src/render/notebook/kernel/jupyter.ts'
import type { MimeBundle } from '../../../../src/render/notebook/nbformat.ts'

/** A display that notes what is shown, as text. */
export function fakeDisplay(): {
  readonly display: Display
  readonly shown: string[]
  readonly bundles: MimeBundle[]
} {
  const shown: string[] = []
  const bundles: MimeBundle[] = []
  const note = (verb: string) => async (bundle: MimeBundle, id?: string) => {
    bundles.push(bundle)
    shown.push(`${verb}${id === undefined ? '' : ` ${id}`}: ${bundle['text/plain']}`)
  }
  const settle = async () => void shown.push('settle')
  return { display: { show: note('show'), update: note('update'), settle }, shown, bundles }
}
