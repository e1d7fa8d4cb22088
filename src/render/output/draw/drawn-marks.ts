/** As much of vega's scene graph as says what is drawn. */
export interface SceneMark {
  readonly marktype?: string
  readonly role?: string
  readonly items?: readonly SceneItem[]
}

interface SceneItem {
  readonly items?: readonly SceneMark[]
  readonly defined?: boolean
}

/** Counts the items of a scene that stand for data: no axis, legend, title or header. */
export function drawnMarks(mark: SceneMark): number {
  if (/^(axis|legend|title)|header|footer/.test(mark.role ?? '')) return 0
  const items = mark.items ?? []
  if (mark.marktype === 'group')
    return items.flatMap((item) => item.items ?? []).reduce((sum, child) => sum + drawnMarks(child), 0)
  return items.filter((item) => item.defined !== false).length
}
