import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { home, packTool, run, temporaryFolder } from './tool-copy.ts'
import { notThird } from './turns.ts'

const examples = join(home, 'examples')

/** The post of each host, and where the host writes what it made of it. */
const hosts = {
  unified: { post: 'post.md', made: 'post.html' },
  mdx: { post: 'post.mdx', made: 'post.html' },
  astro: { post: 'src/pages/mdx.mdx', made: 'dist/mdx/index.html' },
  vite: { post: 'post.mdx', made: 'dist' },
} as const

/** A fault in a post, and what the host must say of it. */
const faults = [
  { from: 'autumn > average', to: 'autumn < average', said: /Claim does not hold: autumn is 95/ },
  {
    from: 'fixed(average, 1)',
    to: 'fixed(averge, 1)',
    said: /Unknown name `averge`.*did you mean `average`/,
  },
  {
    from: 'export const average = ',
    to: 'export const average = (undefined as any).x ?? ',
    said: /Cannot run `#rain`/,
  },
] as const

// The packages of the hosts come from the registry.
test('the examples', async (t) => {
  const { tarball } = await packTool(t, { isMade: true })
  for (const [index, [host, { post, made }]] of Object.entries(hosts).entries())
    await t.test(`should build in ${host}, and fail on each fault`, { skip: notThird(index) }, async (t) => {
      const project = temporaryFolder(t)
      cpSync(join(examples, host), project, {
        recursive: true,
        filter: (path) => !/node_modules|\.weft|dist/.test(path.slice(examples.length)),
      })
      const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
      manifest.dependencies.weft = `file:${tarball}`
      writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
      const build = () => run('npm', ['run', 'build'], { cwd: project })
      const installed = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
        cwd: project,
      })
      assert.equal(installed.code, 0, installed.text)

      const good = await build()
      assert.equal(good.code, 0, good.text)
      for (const page of pagesIn(join(project, made))) assertShows(page)

      const path = join(project, post)
      const text = readFileSync(path, 'utf8')
      for (const { from, to, said } of faults) {
        assert.ok(text.includes(from), from)
        writeFileSync(path, text.replace(from, to))
        const bad = await build()
        assert.equal(bad.code, 1, `${to}: ${bad.text}`)
        assert.match(bad.text, said)
      }
    })
})

/** The pages of a host, or the program that makes its page. */
function pagesIn(path: string): string[] {
  assert.ok(existsSync(path), path)
  if (path.endsWith('.html')) return [readFileSync(path, 'utf8')]
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
  const css = files
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(join(path, name), 'utf8'))
  assert.ok(css.join('').includes('.weft-table'), 'styles')
  return files.filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(path, name), 'utf8'))
}

// Markup of a page, or of the elements that a program makes.
function assertShows(page: string): void {
  const text = page.replaceAll('\u00a0', ' ').replaceAll('&nbsp;', ' ')
  for (const shown of ['76.0', 'Figure 1', 'Table 1', 'Equation 1', 'It rains more in autumn.', 'viewBox'])
    assert.ok(text.includes(shown), shown)
  for (const id of ['sec-rain', 'fig-rain', 'tbl-rain', 'eq-mean'])
    assert.ok(new RegExp(`id[=:] ?["\`']${id}`).test(text), id)
  const [raw] = /@(?:fig|tbl|eq|sec)-|ts exec|\{ts\}/.exec(text) ?? []
  assert.equal(raw, undefined)
}
