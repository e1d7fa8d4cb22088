import { dirname } from 'node:path'
import type { VFile } from 'vfile'
import { openTypes } from '../bundle/types/live-types.ts'
import type { Rest } from '../model/rest.ts'
import type { SessionOptions } from '../pipeline/session.ts'
import type { Pages } from '../pipeline/stages.ts'
import type { LivePage } from './live-page.ts'
import type { Shown } from './loop.ts'
import { openMessageBoard } from './message-board.ts'
import { messagesOf, messagesOfFindings, placed } from './messages.ts'
import type { OpenPages } from './pages.ts'

/** Finds the messages of a report, and tells the open pages of them. */
export interface Messenger {
  /** Tells what an update found. */
  tell(shown: Pick<Shown, 'draft' | 'moved'>): void
  /** Tells why the report cannot be read. */
  tellUnreadable(files: readonly VFile[]): void
  /** Tells what slower checks find. */
  check(pages: Pages, rest: Rest): Promise<void>
  close(): Promise<void>
}

/** Opens the messenger of a session; types are checked in a thread of its own. */
export function openMessenger(
  { mode, paths }: Pick<SessionOptions, 'mode' | 'paths'>,
  live: LivePage,
  open: OpenPages,
): Messenger {
  const board = openMessageBoard()
  const types = mode.name === 'untrusted' ? undefined : openTypes(dirname(paths.source))
  let last: Pages | undefined
  const tellAll = () => open.tellMessages(placed(board.all, live.layout))
  return {
    tell({ draft, moved }) {
      last = undefined
      board.updated(messagesOf(draft.files, draft.run.source.report.root), moved)
      tellAll()
    },
    tellUnreadable: (files) => open.tellMessages(placed(messagesOf(files, files[0]!.cwd), live.layout)),
    async check(pages, rest) {
      const { run } = pages.assembly
      const { tree, report } = run.source
      last = pages
      await mode.lint(tree, run, rest)
      board.checked(messagesOf(pages.files, report.root))
      tellAll()
      const findings = await types?.check(tree)
      if (!findings || last !== pages) return
      board.typed(messagesOfFindings(findings))
      tellAll()
    },
    async close() {
      await types?.close()
    },
  }
}
