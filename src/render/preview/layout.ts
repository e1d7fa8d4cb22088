import { createHash } from 'node:crypto'
import type { PageParts, Region } from '../page/page-parts.ts'

/** Regions that no reader sees: they have no place between marks, and change by their ids. */
const pieceIds = new Set(['fonts', 'running', 'cards'])

/** A page as patches see it: the frame, the pieces without a place, and the regions between two strings of the frame. */
export interface Layout {
  /** What stands before, between and after the runs, without programs and their policy. */
  readonly frame: readonly string[]
  /** Digests of the programs of the page. */
  readonly programs: readonly string[]
  readonly pieces: ReadonlyMap<string, string>
  readonly runs: readonly (readonly Region[])[]
}

/** Says whether a region is a piece that no reader sees. */
function isPiece({ id }: Region): boolean {
  return pieceIds.has(id) || id === 'specs'
}

/** Sorts the parts of pages; remembers the long texts of the last frame. */
export function openLayouts(): (parts: PageParts) => Layout {
  let bare = new Map<string, BareText>()
  let specs: { readonly html: string; readonly pieces: Pieces } = { html: '', pieces: [] }
  return (whole) => {
    const now = whole.find((part) => typeof part === 'object' && part.id === 'specs')
    // Versions of a page share the data of figures.
    if (typeof now === 'object' && now.html !== specs.html)
      specs = { html: now.html, pieces: specsIn(now.html) }
    const { frame, pieces, runs } = sorted(withoutGaps(whole), specs.pieces)
    const texts = frame.map((text) => bare.get(text) ?? bareText(text))
    bare = new Map(frame.map((text, index) => [text, texts[index]!]))
    return {
      frame: texts.map(({ text }) => text),
      programs: texts.flatMap(({ programs }) => programs),
      pieces,
      runs,
    }
  }
}

interface BareText {
  readonly text: string
  readonly programs: readonly string[]
}

// The program of charts is packed: another one unpacks it.
const program = /<script(?: type="text\/plain" class="weft-program")?>[\s\S]*?<\/script>/g
const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/g

function bareText(text: string): BareText {
  return {
    text: text.replace(program, '').replace(policy, '').replace(/\n+/g, '\n'),
    programs: (text.match(program) ?? []).map((code) => createHash('sha1').update(code).digest('base64url')),
  }
}

/** Gives the regions between two strings of the frame; a run is never empty. */
function sorted(parts: PageParts, specs: Pieces): Pick<Layout, 'frame' | 'pieces' | 'runs'> {
  const frame = ['']
  const pieces = new Map<string, string>()
  const runs: Region[][] = []
  let isInRun = false
  for (const part of parts) {
    if (typeof part === 'string') frame[frame.length - 1] += part
    else if (part.id === 'specs') for (const [id, html] of specs) pieces.set(id, html)
    else if (isPiece(part)) pieces.set(part.id, part.html)
    else if (isInRun) runs.at(-1)!.push(part)
    else {
      runs.push([part])
      frame.push('')
    }
    isInRun = isBlock(part)
  }
  return { frame, pieces, runs }
}

/** Gives the lines between two blocks to the first, so that they are in one run. */
export function withoutGaps(parts: PageParts): PageParts {
  const joined: (string | Region)[] = []
  for (const [index, part] of parts.entries()) {
    const [before, after] = [joined.at(-1), parts[index + 1]]
    const isGap = isBlock(before) && isBlock(after) && typeof part === 'string' && part.trim() === ''
    if (isGap) joined[joined.length - 1] = { ...before, html: before.html + part }
    else joined.push(part)
  }
  return joined
}

/** Says whether a part is a block that readers see. */
export function isBlock(part: PageParts[number] | undefined): part is Region {
  return typeof part === 'object' && !isPiece(part)
}

type Pieces = readonly (readonly [id: string, html: string])[]

// The data of each figure are a piece.
function specsIn(html: string): Pieces {
  return html
    .split(/(?<=<\/script>)\n/)
    .map((spec) => [`spec:${/ data-figure="([^"]*)"/.exec(spec)?.[1]}`, spec] as const)
}
