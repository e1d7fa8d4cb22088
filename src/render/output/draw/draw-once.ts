import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { theme } from '../../charts/theme.ts'
import { sha256 } from '../../model/digest.ts'
import type { Figure } from '../../model/types.ts'
import { figureToSvg } from './figure-to-svg.ts'

/** No drawing and no warning has this character. */
const END = '\u0000'

/** Draws as `figureToSvg` does. */
export type DrawFigure = (figure: Figure, id: string, warned?: (reason: string) => void) => Promise<string>

/** Drawings of earlier builds, by the digest of all that decides them. */
export interface Drawings {
  get(key: string): string | undefined
  set(key: string, svg: string): void
  /** Draws in another process; drawn in this one unless given. */
  readonly draw?: DrawFigure
  /** Draws diagrams of Mermaid; none are drawn unless given. */
  readonly diagrams?: Diagrams
}

/** Draws diagrams of Mermaid as SVG. */
export interface Diagrams {
  /** Part of what decides a drawing. Throws if Mermaid is not installed, with the command that installs it. */
  version(): string
  /** Throws with Mermaid's reason if it cannot draw. */
  draw(source: string): Promise<string>
}

// By the store of drawings: the tools do not change while a build runs.
const tools = new WeakMap<Drawings, string>()

/**
 * Draws a figure as `figureToSvg` does, or gives the stored drawing; then vega is not even loaded. Warns about a stored
 * drawing again.
 */
export async function drawOnce(
  figure: Figure,
  id: string,
  drawings: Drawings,
  warned: (reason: string) => void = () => {},
): Promise<string> {
  const digest = tools.get(drawings) ?? toolsDigest()
  tools.set(drawings, digest)
  const { spec, alt } = figure
  const key = sha256(`figure ${digest} ${JSON.stringify({ spec, alt, id })}`)
  const stored = drawings.get(key)
  const [svg, ...warnings] = stored?.split(END) ?? (await drawn(figure, id, drawings.draw))
  drawings.set(key, [svg, ...warnings].join(END))
  for (const warning of warnings) warned(warning)
  return svg!
}

async function drawn(figure: Figure, id: string, draw: DrawFigure = drawHere): Promise<string[]> {
  const warnings: string[] = []
  const svg = await draw(figure, id, (reason) => warnings.push(reason))
  return [svg, ...warnings]
}

const drawHere: DrawFigure = (figure, id, warned) => figureToSvg(figure, id, { warned })

// The packages that draw and measure, the theme, and the code here, which is a file in `lib`.
function toolsDigest(): string {
  const code = readFileSync(fileURLToPath(import.meta.url), 'utf8')
  return sha256([...packageVersions(), JSON.stringify(theme), code].join('\n'))
}

// Without the bundle's list the packages are those that lie there, which nobody exchanges while tests run.
function packageVersions(): readonly string[] {
  return typeof __WEFT_DRAWING__ === 'undefined' ? [] : __WEFT_DRAWING__
}
