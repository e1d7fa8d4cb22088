import type { RootContent } from 'mdast'
import type { RegisterForm } from '../../model/types.ts'
import type { RegisterPlace } from '../../syntax/register-directive.ts'
import type { Facts } from './gather-facts.ts'

/** Makes a register of the computed report; `kinds.ts` has them all. */
export interface Register extends RegisterForm {
  make(facts: Facts, place: RegisterPlace): RootContent[] | Content
}

/** A table, and the default text of its caption. */
export interface Content {
  readonly table: RootContent
  /** Markdown. */
  readonly caption: string
  /** Whether the table is short enough to fit on one page. */
  readonly isShort?: boolean
}
