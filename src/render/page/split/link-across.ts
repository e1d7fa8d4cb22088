import { unescapeHtml } from '../hast.ts'

/**
 * Writes links to ids of other pages with the name of their page, in HTML of one page.
 *
 * @param pageOf id -> name of its page
 */
export function linkAcross(html: string, name: string, pageOf: ReadonlyMap<string, string>): string {
  // Attributes before it may hold a `>` in quotes.
  const link = /(<a\b(?:[^>"']|"[^"]*"|'[^']*')*?\shref=["']?)#([^"'\s>]+)/g
  return html.replace(link, (whole, before: string, fragment: string) => {
    const page = pageOf.get(decoded(fragment))
    return page === undefined || page === name ? whole : `${before}${encodeURI(page)}#${fragment}`
  })
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(unescapeHtml(fragment))
  } catch {
    return fragment
  }
}
