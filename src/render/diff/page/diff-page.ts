import type { ElementContent, Root } from 'hast'
import type { FrontMatter } from '../../model/types.ts'
import { charactersOf, usesOf } from '../../page/characters.ts'
import { readCss } from '../../page/css.ts'
import { composeAround, pageParts } from '../../page/document.ts'
import { h } from '../../page/hast.ts'
import { joinParts } from '../../page/page-parts.ts'
import { noScripts } from '../../page/page-scripts.ts'
import { toHtml } from '../../page/regions.ts'
import { contentPolicy } from '../../untrusted/page-policy.ts'
import type { Diff } from '../schema.ts'
import { chapterSection } from './chapter-section.ts'
import type { Drawings } from './figure-nodes.ts'
import { headNodes } from './head-nodes.ts'
import { inputSections } from './input-sections.ts'

/**
 * Writes a diff as one HTML page that loads nothing: numbers in their sentences, tables cell by cell, figures side by
 * side. It holds no program, and equal diffs give equal bytes.
 */
export async function diffPage(diff: Diff, drawings: Drawings): Promise<string> {
  const chapters = await Promise.all(
    diff.chapters.map((chapter, index) => chapterSection(chapter, `chapter-${index + 1}`, drawings)),
  )
  const body: Root = { type: 'root', children: [h('main', { className: ['diff'] }, bodyOf(diff, chapters))] }
  const title = `Changes of ${diff.title || diff.report}`
  const around = await composeAround(
    { front: frontOf(title), notice: '', chapters: [], targets: [], drawn: [] },
    {
      formulas: [],
      characters: charactersOf([usesOf(body)], title),
      scripts: { ...noScripts, head: contentPolicy },
      more: readCss('diff'),
      description: '',
    },
  )
  return joinParts(pageParts(around, [toHtml(body.children)]))
}

function bodyOf(diff: Diff, chapters: readonly ElementContent[]): ElementContent[] {
  return [...headNodes(diff), ...chapters, ...inputSections(diff)]
}

function frontOf(title: string): FrontMatter {
  return { title, author: [], lang: 'en', contents: false, chapters: [], echo: 'hide', params: {} }
}
