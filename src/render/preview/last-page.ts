import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCached, writeCached } from '../model/cache-file.ts'
import type { Paths } from '../model/paths.ts'
import type { PageVersion } from './live-page.ts'

/** The page that the last preview showed, in parts, or that of the last build. */
interface LastPage {
  readonly parts?: PageVersion
  readonly plain: string
}

/** Reads what can be shown before the report is read; a page that says so if there is nothing. */
export function readLastPage(paths: Paths, profile: string | undefined): LastPage {
  const parts = readParts(partsPath(paths, profile))
  return parts
    ? { parts, plain: noPage }
    : { plain: existsSync(paths.html) ? readFileSync(paths.html, 'utf8') : noPage }
}

/** Keeps a page for the next preview. */
export function keepLastPage(paths: Paths, profile: string | undefined, page: PageVersion): void {
  writeCached(partsPath(paths, profile), page)
}

function partsPath({ cache, stem }: Paths, profile = 'default'): string {
  return join(cache, `preview-page-${stem}-${profile}.json`)
}

function readParts(path: string): PageVersion | undefined {
  const { version, parts } = (readCached(path) ?? {}) as Partial<PageVersion>
  const isPage = typeof version === 'string' && Array.isArray(parts) && parts.length > 0
  return isPage ? { version, parts } : undefined
}

/** Shown while a report is read for the first time. */
export const noPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'">
<title>Preview</title>
<style>
body{margin:0;min-height:100vh;display:grid;place-items:center;font:400 1rem/1.5 system-ui,sans-serif;color:#555;background:Canvas}
@media (prefers-color-scheme:dark){body{color:#aaa}}
</style>
</head>
<body>
<main><p>The report is being made for the first time.</p></main>
</body>
</html>
`
