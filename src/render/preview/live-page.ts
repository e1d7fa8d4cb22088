import type { PageParts, Region } from '../page/page-parts.ts'
import { type Layout, openLayouts } from './layout.ts'
import { makePatch } from './patch.ts'
import { dressPage, markedPage, type ServedPage } from './preview-page.ts'
import type { Patch, RegionPlace } from './protocol.ts'

/** A page in parts, and the name that patches call it by. */
export interface PageVersion {
  readonly version: string
  readonly parts: PageParts
}

/** The page that a preview shows now, and how pages that are open elsewhere become it. */
export interface LivePage {
  readonly version: string
  /** Whether it is that of the report as it is, not an earlier one. */
  readonly isCurrent: boolean
  readonly parts: PageParts | undefined
  readonly layout: Layout
  /** Shows other parts. Gives their version; the same as before if nothing changed. */
  replace(parts: PageParts): string
  /** How a page of a version becomes the present one; undefined if only loading it again does. */
  patchFrom(version: string, changed?: RegionPlace): Patch | undefined
  /** A region of a page of some version, for as long as that is known. */
  regionAt(version: string, place: RegionPlace): Region | undefined
  serve(token: string): ServedPage
}

interface LiveOptions {
  /** The program of the preview in the page. */
  readonly client: string
  /** Begins the names of versions: no other preview has it. */
  readonly name: string
  /** What to show until there is a page: an earlier one, with its marks. */
  readonly earlier?: PageVersion
  /** What to show if there is none: a page without marks. */
  readonly plain: string
}

interface State {
  current: PageVersion | undefined
  count: number
  isCurrent: boolean
}

// A page that slept through more of them is loaded again.
const mostVersions = 20

/** Opens the page of a preview. */
export function openLivePage({ client, name, earlier, plain }: LiveOptions): LivePage {
  const layoutOf = openLayouts()
  const known = new Map<string, Layout>()
  const state: State = { current: earlier, count: 0, isCurrent: false }
  const empty = layoutOf([])
  if (earlier) known.set(earlier.version, layoutOf(earlier.parts))
  const versionNow = () => state.current?.version ?? `${name}-0`
  const layoutNow = () => known.get(versionNow()) ?? empty
  let served: { version: string; html: string } | undefined
  return {
    get version() {
      return versionNow()
    },
    get isCurrent() {
      return state.isCurrent
    },
    get parts() {
      return state.current?.parts
    },
    get layout() {
      return layoutNow()
    },
    replace(parts) {
      state.isCurrent = true
      if (state.current && isSame(state.current.parts, parts)) {
        // Lines may have moved.
        state.current = { ...state.current, parts }
        known.set(state.current.version, layoutOf(parts))
        return state.current.version
      }
      state.count += 1
      state.current = { version: `${name}-${state.count}`, parts }
      known.set(state.current.version, layoutOf(parts))
      for (const version of [...known.keys()].slice(0, -mostVersions)) known.delete(version)
      return state.current.version
    },
    patchFrom(version, changed) {
      const before = known.get(version)
      const patch = before && makePatch(before, layoutNow(), { from: version, to: versionNow() })
      return patch && changed ? { ...patch, changed } : patch
    },
    regionAt: (version, { run, index }) => known.get(version)?.runs[run]?.[index],
    serve(token) {
      const version = versionNow()
      if (served?.version !== version)
        served = { version, html: state.current ? markedPage(state.current.parts) : plain }
      const { runs, programs } = layoutNow()
      const settings = { version, token, runs: runs.map(({ length }) => length), programs }
      return dressPage(served.html, { settings, client })
    },
  }
}

function isSame(before: PageParts, after: PageParts): boolean {
  return (
    before.length === after.length && before.every((part, index) => textOf(part) === textOf(after[index]!))
  )
}

function textOf(part: PageParts[number]): string {
  return typeof part === 'string' ? part : part.html
}
