import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import type { PageParts, Region } from '../page/page-parts.ts'
import type { Pages } from '../pipeline/stages.ts'

/** Gives a page in parts. */
export function partsOf(pages: Pages): PageParts {
  return (pages as { readonly parts?: PageParts }).parts ?? split(pages.screen)
}

// Until the steps give the parts: the children of each section, the contents, and the data of charts and cards.
function split(screen: string): PageParts {
  const document = parse(screen, { sourceCodeLocationInfo: true })
  const regions: { start: number; end: number; id: string }[] = []
  const walk = (node: DefaultTreeAdapterTypes.Node, chapter: { index: number }) => {
    for (const child of 'childNodes' in node ? node.childNodes : []) {
      const at = child.sourceCodeLocation
      const classes = 'attrs' in child ? (child.attrs.find(({ name }) => name === 'class')?.value ?? '') : ''
      const isIn = (name: string) => classes.split(' ').includes(name)
      if (isIn('weft-chapter') || isIn('weft-abstract') || isIn('weft-text')) {
        chapter.index += 1
        const blocks = 'childNodes' in child ? child.childNodes : []
        for (const [number, { sourceCodeLocation }] of blocks.entries())
          if (sourceCodeLocation)
            regions.push({
              start: sourceCodeLocation.startOffset,
              end: sourceCodeLocation.endOffset,
              id: `c${chapter.index}-${number}`,
            })
      } else if (at && isIn('weft-navigation'))
        regions.push({ start: at.startOffset, end: at.endOffset, id: 'contents' })
      else if (at && isIn('weft-cards'))
        regions.push({ start: at.startOffset, end: at.endOffset, id: 'cards' })
      else if (at && isIn('weft-spec')) regions.push({ start: at.startOffset, end: at.endOffset, id: 'spec' })
      else walk(child, chapter)
    }
  }
  walk(document, { index: -1 })
  const parts: (string | Region)[] = []
  let end = 0
  for (const region of regions) {
    if (region.start > end) parts.push(screen.slice(end, region.start))
    parts.push({ id: region.id, html: screen.slice(region.start, region.end) })
    end = region.end
  }
  parts.push(screen.slice(end))
  return parts
}
