// Speaks with a language server over its standard streams: JSON-RPC, each message after its length.
const { spawn } = require('node:child_process')
const { createRequire } = require('node:module')
const { join } = require('node:path')

/**
 * Finds the language server of the project that a folder lies in: that of the Weft which is installed there.
 * @param {string} folder
 * @returns {string | undefined}
 */
function findServer(folder) {
  try {
    return createRequire(join(folder, 'package.json')).resolve('weft/language-server')
  } catch {
    return undefined
  }
}

/** A language server in a process of its own. */
class Server {
  #child
  #waiting = new Map()
  #count = 0
  #unread = Buffer.alloc(0)
  #onNotification
  /** Resolves when the server is ready. */
  ready

  /**
   * @param {string} path of the program
   * @param {{ onNotification(method: string, params: any): void, onLog(text: string): void, onExit(): void }} events
   */
  constructor(path, { onNotification, onLog, onExit }) {
    this.#onNotification = onNotification
    // An editor's own program is Node only if it is told so.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
    this.#child = spawn(process.execPath, [path, '--stdio'], { env })
    this.#child.stdout.on('data', (bytes) => this.#read(bytes))
    this.#child.stderr.on('data', (text) => onLog(String(text)))
    const end = (reason) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(reason))
      this.#waiting.clear()
      onExit()
    }
    this.#child.on('error', (error) => end(error.message))
    this.#child.on('exit', (code) => end(`The language server ended with ${code}`))
    // A message to a server that has ended is lost, as its exit says.
    this.#child.stdin.on('error', () => {})
    const params = { processId: process.pid, rootUri: null, capabilities: {} }
    this.ready = this.#send('initialize', params).then(() => this.notify('initialized', {}))
    this.ready.catch((error) => onLog(error.message))
  }

  /** Asks the server, after it is ready. */
  async request(method, params) {
    await this.ready
    return this.#send(method, params)
  }

  notify(method, params) {
    this.#write({ jsonrpc: '2.0', method, params })
  }

  async stop() {
    await this.request('shutdown').catch(() => {})
    this.notify('exit')
  }

  #send(method, params) {
    const id = ++this.#count
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#write({ jsonrpc: '2.0', id, method, params })
    })
  }

  #write(message) {
    const body = Buffer.from(JSON.stringify(message))
    this.#child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`)
    this.#child.stdin.write(body)
  }

  #read(bytes) {
    this.#unread = Buffer.concat([this.#unread, bytes])
    for (;;) {
      const start = this.#unread.indexOf('\r\n\r\n')
      if (start < 0) return
      const length = Number(/content-length: *(\d+)/i.exec(this.#unread.toString('latin1', 0, start))?.[1])
      const end = start + 4 + length
      if (!(this.#unread.length >= end)) return
      const message = JSON.parse(this.#unread.toString('utf8', start + 4, end))
      this.#unread = this.#unread.subarray(end)
      this.#take(message)
    }
  }

  #take({ id, method, params, result, error }) {
    if (method !== undefined) {
      this.#onNotification(method, params)
      // It asks nothing that this editor could answer.
      if (id !== undefined) this.#write({ jsonrpc: '2.0', id, result: null })
      return
    }
    const request = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) request?.reject(new Error(error.message))
    else request?.resolve(result)
  }
}

module.exports = { findServer, Server }
