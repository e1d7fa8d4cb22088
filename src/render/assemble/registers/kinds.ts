import { checklist } from './checklist.ts'
import { claims } from './claims.ts'
import { data } from './data.ts'
import { jobs } from './jobs.ts'
import { machine } from './machine.ts'
import { packages } from './packages.ts'
import type { Register } from './register.ts'
import { sources } from './sources.ts'

/** The registers that `of=` can name, except `references`, which citations fill. */
export const kinds: Readonly<Record<string, Register>> = {
  jobs,
  claims,
  machine,
  packages,
  data,
  checklist,
  sources,
}
