import { createHash } from 'node:crypto'
import { joinParts, type PageParts } from '../page/page-parts.ts'
import { harmless } from '../page/page-scripts.ts'
import { isBlock, withoutGaps } from './layout.ts'
import { marks, type PageSettings } from './protocol.ts'

/** What a browser is given: the page, and the policy that its header names. */
export interface ServedPage {
  readonly html: string
  readonly policy: string
}

interface Dressing {
  readonly settings: PageSettings
  /** The program of the preview in the page. */
  readonly client: string
}

/** Gives a page the marks of its regions and of its rules, so that patches find them. */
export function markedPage(whole: PageParts): string {
  const parts = withoutGaps(whole)
  return parts
    .map((part, index) => {
      if (!isBlock(part)) return joinParts([withMarkedStyles(part)])
      const start = isBlock(parts[index - 1]) ? '' : comment(marks.run)
      const end = isBlock(parts[index + 1]) ? '' : comment(marks.end)
      return `${start}${comment(marks.region)}${part.html}${end}`
    })
    .join('')
}

// The rules of the page and those of the report's own style sheets are one piece in several elements.
function withMarkedStyles(part: PageParts[number]): PageParts[number] {
  if (typeof part === 'string' || part.id !== 'running') return part
  const style = `<style data-preview="${part.id}">`
  return { ...part, html: part.html.replace(/(?<=^|<\/style>)<style>/g, style) }
}

function comment(text: string): string {
  return `<!--${text}-->`
}

/**
 * Adds the program of the preview to a page. The page's own policy becomes that of the header, which also lets this
 * program run and speak to its server, and nothing else.
 */
export function dressPage(page: string, { settings, client }: Dressing): ServedPage {
  const program = harmless(client)
  const bodyAt = page.indexOf('<body')
  const head = page.slice(0, bodyAt)
  const own = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?/.exec(head)
  const rest = own ? head.replace(own[0], '') + page.slice(bodyAt) : page
  const end = rest.lastIndexOf('</body>')
  const data = JSON.stringify(settings).replaceAll('<', '\\u003c')
  const added = `<script type="application/json" class="weft-preview">${data}</script>\n<script>${program}</script>\n`
  return {
    html: `${rest.slice(0, end)}${added}${rest.slice(end)}`,
    policy: policyOf(own?.[1], program),
  }
}

// A report whose author vouches for its own programs has no policy: whatever it does in a page, it may do here.
function policyOf(own: string | undefined, program: string): string {
  const digest = `'sha256-${createHash('sha256').update(program).digest('base64')}'`
  const frame = "frame-ancestors 'none'"
  if (own === undefined) return frame
  const directives = own.split(';').map((directive) => directive.trim())
  const scripts = directives.find((directive) => directive.startsWith('script-src ')) ?? 'script-src'
  const others = directives.filter((directive) => directive !== '' && directive !== scripts)
  return [...others, `${scripts} ${digest}`, "connect-src 'self'", frame].join('; ')
}
