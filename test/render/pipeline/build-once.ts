import { pathsOf } from '../../../src/render/model/paths.ts'
import { openAuthorMode } from '../../../src/render/pipeline/author-mode.ts'
import { type Built, build } from '../../../src/render/pipeline/build.ts'
import { openSession } from '../../../src/render/pipeline/session.ts'

/** Builds a report as `weft build` does, but without a console. */
export async function buildOnce(path: string): Promise<Built> {
  const paths = pathsOf(path)
  const { env } = process
  const session = openSession({ paths, mode: openAuthorMode({ paths, env }), env })
  try {
    return await build(session)
  } finally {
    await session.close()
  }
}
