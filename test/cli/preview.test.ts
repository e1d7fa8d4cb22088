import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import test, { type TestContext } from 'node:test'
import type { WriteStream } from 'node:tty'
import { WebSocket } from 'ws'
import { readArguments } from '../../src/cli/arguments.ts'
import { openConsole } from '../../src/cli/console.ts'
import { openInBrowser, runPreview } from '../../src/cli/preview.ts'
import type { ServerMessage } from '../../src/render/preview/protocol.ts'
import { reportOf, temporaryProject } from '../render/execute/temporary-project.ts'
import { weftHere } from './weft-here.ts'

const body = `# One {#sec-one}

The first word, and \`{ts} twice\`.

\`\`\`ts exec #numbers
export const twice = 2 * params.n
export default 'It is ' + twice
\`\`\`

The last word.
`
const front = { chapters: ['one.md'], contents: true, params: { full: { n: 21 } } }

/** Starts the command in this process, and speaks to it as a page does. */
async function open(t: TestContext, root: string) {
  const stop = new AbortController()
  const write = t.mock.method(process.stdout, 'write', () => true)
  const [log, out] = [new PassThrough(), new PassThrough()]
  const args = readArguments(['preview', join(root, 'report.md'), '--no-open'])
  const ended = runPreview(args as never, openConsole(log as unknown as WriteStream, out), stop.signal)
  const said = () => write.mock.calls.map(({ arguments: [text] }) => String(text)).join('')
  await eventually(() => /http:\S+/.test(said()), 'an address')
  const [url] = /http:\S+/.exec(said())!
  const html = await (await fetch(url)).text()
  const settings = JSON.parse(/class="weft-preview">([^<]*)</.exec(html)![1]!) as {
    version: string
    token: string
  }
  const socket = new WebSocket(
    `${url.replace('http', 'ws')}-/socket?token=${settings.token}&version=${settings.version}`,
  )
  const heard: ServerMessage[] = []
  socket.on('message', (data) => void heard.push(JSON.parse(String(data)) as ServerMessage))
  await once(socket, 'open')
  return {
    url,
    html,
    heard,
    token: settings.token,
    send: (message: object) => socket.send(JSON.stringify(message)),
    hears: (wanted: (message: ServerMessage) => boolean, what: string) =>
      eventually(() => heard.some(wanted), `${what} in ${JSON.stringify(heard).slice(-2_000)}`),
    async end() {
      socket.terminate()
      stop.abort()
      assert.equal(await ended, 0)
      write.mock.restore()
    },
  }
}

async function eventually(isThere: () => boolean, what: string): Promise<void> {
  for (let time = 0; !isThere(); time++) {
    if (time > 1_200) throw new Error(`Expected ${what} within 60 s`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const patched = (words: string) => (message: ServerMessage) =>
  message.type === 'reload' || (message.type === 'patch' && JSON.stringify(message).includes(words))

test('weft preview should show what is saved, run what is edited, tell of faults, and print', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf('The abstract.\n', front), 'one.md': body })
  const save = (text: string) => writeFileSync(join(root, 'one.md'), text)
  const first = await open(t, root)
  assert.match(first.html, /being made for the first time/)
  await first.hears(({ type }) => type === 'reload', 'the first page')
  const page = await (await fetch(first.url)).text()
  assert.match(page, /The first word/)
  const is = (state: string) => (message: ServerMessage) =>
    message.type === 'cells' && message.cells.numbers?.state === state
  await first.hears(is('done'), 'a cell that ran')

  first.heard.length = 0
  save(body.replace('first word', 'second word'))
  await first.hears(patched('second word'), 'an edit of prose')

  first.heard.length = 0
  save(body.replace('2 * params.n', '3 * params.n'))
  await first.hears(patched('It is 63'), 'an edited cell')

  first.heard.length = 0
  save(`${body}\nSee @fig-none.\n`)
  const tells = (message: ServerMessage) =>
    message.type === 'messages' &&
    message.messages.some(
      (one) => one.line === 12 && /@fig-none/.test(one.reason) && one.region !== undefined,
    )
  await first.hears(tells, 'a fault at its place')

  first.heard.length = 0
  writeFileSync(join(root, 'report.md'), '---\ntitle: [\n---\n')
  await first.hears(
    ({ type, ...rest }) => type === 'status' && /unreadable/.test(JSON.stringify(rest)),
    'a fault of the whole',
  )
  writeFileSync(join(root, 'report.md'), reportOf('The abstract.\n', front))
  await first.hears(
    ({ type, ...rest }) => type === 'status' && /current/.test(JSON.stringify(rest)),
    'the page again',
  )

  const headers = { 'x-weft-token': first.token }
  const cell = await (await fetch(`${first.url}cell/numbers`, { headers })).json()
  assert.equal((cell as { text: string }).text, 'It is 42')
  assert.equal((await fetch(`${first.url}run/numbers`, { method: 'POST', headers })).status, 202)
  assert.equal((await fetch(`${first.url}run/nothing`, { method: 'POST', headers })).status, 409)

  first.send({ type: 'print' })
  await first.hears(
    ({ type, ...rest }) => type === 'print' && /"printed"/.test(JSON.stringify(rest)),
    'a print',
  )
  const pdf = await fetch(`${first.url}-/report.pdf`)
  assert.equal(pdf.headers.get('content-type'), 'application/pdf')
  await first.end()

  const second = await open(t, root)
  assert.match(second.html, /It is 42/, 'the last page comes at once')
  assert.equal(second.url, first.url)
  await second.end()
})

test('openInBrowser should end no preview where no browser can be opened', async (t) => {
  const path = process.env.PATH
  t.after(() => {
    process.env.PATH = path
  })
  process.env.PATH = ''
  openInBrowser('http://127.0.0.1:9/')
  await new Promise((resolve) => setTimeout(resolve, 50))
})

test('a preview that cannot write should say so, and end', { timeout: 20_000 }, async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf('Text.\n'), dist: 'a file' })
  const { code, stderr } = await weftHere(root, ['preview', 'report.md', '--no-open'])
  assert.equal(code, 1)
  assert.match(stderr, /^weft: Cannot write \S+preview\.json: .*choose another with --out/)
})
