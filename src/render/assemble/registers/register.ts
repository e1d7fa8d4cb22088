import type { RootContent } from 'mdast'
import type { RegisterForm } from '../../model/types.ts'
import type { RegisterPlace } from '../../syntax/register-directive.ts'
import type { Facts } from './gather-facts.ts'

/** Makes a register of the computed report; `kinds.ts` has them all. */
export interface Register extends RegisterForm {
  make(facts: Facts, place: RegisterPlace): RootContent[] | Content
}

/** A table without its caption, and what stands below it. */
export interface Content {
  readonly table: RootContent
  /** Markdown. */
  readonly caption: string
  /** It is short enough to stand on one page. */
  readonly isShort?: boolean
}
