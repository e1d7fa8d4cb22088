import { sha256 } from '../../model/digest.ts'
import type { Output } from '../../model/types.ts'
import { bundleOf } from '../output-bundle.ts'
import { ownLanguage } from './own-language.ts'

/** The method by which a kernel asks a value for its looks. */
const method = Symbol.for('Jupyter.display')

/**
 * Makes the outputs of a function show themselves in notebooks. The method is not enumerable: to all else they are the
 * same plain data.
 */
export function displaying<Make extends (...args: never[]) => Output>(make: Make): Make {
  return ((...args: never[]) => displayed(make(...args))) as Make
}

function displayed(output: Output): Output {
  const value = () => {
    // Ids of drawings must differ in a notebook.
    const id = `shown-${sha256(JSON.stringify(output)).slice(0, 8)}`
    return bundleOf(output, { id, lang: ownLanguage() })
  }
  return Object.defineProperty(output, method, { value, enumerable: false })
}
