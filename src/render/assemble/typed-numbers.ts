import type { Parent } from 'unist'
import { element } from '../model/element.ts'
import { markOf } from '../syntax/marks.ts'
import { captionLabel } from '../syntax/references.ts'
import type { Context } from './fragment.ts'

/** Puts the number of a figure or table that its author typed before its caption; changes the node in place. */
export function numberTyped(node: Parent, label: string, { targets, words }: Context): void {
  const target = targets.find((one) => one.label === label)
  if (!target) return
  const number = element('span', { className: ['weft-number'] }, [
    { type: 'text', value: captionLabel(target, words) },
  ])
  const caption = node.children.find((child) => markOf(child)?.isCaption) as Parent | undefined
  if (caption) caption.children.unshift(number, { type: 'text', value: ' ' } as never)
  else node.children.push(element('figcaption', {}, [number]))
}
