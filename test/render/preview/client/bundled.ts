import { join } from 'node:path'
import { build } from 'esbuild'
import { weftHome } from '../../../../src/render/model/home.ts'

/** Bundles a script, which imports from the folder of the preview's client, for a page. */
export async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(weftHome(), 'src/render/preview/client') },
    loader: { '.css': 'text' },
    bundle: true,
    write: false,
    format: 'iife',
  })
  return outputFiles[0]!.text
}
