import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { warn } from '../messages.ts'
import type { Chapter } from '../types.ts'

/** Warns, where each first stands, of characters that no font of the page has. */
export function reportMissingCharacters(chapters: readonly Chapter[], characters: readonly string[]): void {
  for (const character of characters) {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    const chapter = chapters.find(({ tree }) => findText(tree, character)) ?? chapters[0]
    if (!chapter) return
    const place = findText(chapter.tree, character)?.position
    const advice = /\p{Sm}/u.test(character) ? ': write it in a formula' : ''
    const reason = `Cannot embed \`${character}\` (U+${code}), no font of the page has it${advice}`
    warn(chapter.file, 'character-prints', reason, place)
  }
}

function findText(tree: Root, character: string) {
  let found: { position?: Root['position'] } | undefined
  visit(tree, (node) => {
    if (found || !('value' in node) || !node.value?.includes(character)) return
    found = { position: node.position }
  })
  return found
}
