import type { Bundle, JobRequest } from '../model/types.ts'
import { bundle } from './bundle.ts'

/** Bundles one experiment as a job. esbuild itself reports a name that the module does not export. */
export async function bundleJob(
  root: string,
  { module, name }: Pick<JobRequest, 'module' | 'name'>,
): Promise<Bundle> {
  // Use JavaScript: in TypeScript a missing name may be a type, so esbuild accepts it.
  const contents = `export { ${name} as default } from ${JSON.stringify(module)}`
  const done = await bundle({
    root,
    entries: {},
    plugins: [],
    stdin: { contents, resolveDir: root, sourcefile: 'weft-job', loader: 'js' },
    sourceName: (source) => source,
  })
  if (done.ok) return { ...done.bundles.get('stdin')!, label: name }
  const reasons = done.errors.map(({ location, text }) =>
    location ? `${location.file}:${location.line}: ${text}` : text,
  )
  throw new Error(`Cannot bundle the experiment \`${name}\` of ${module}: ${reasons.join('; ')}`)
}
