import { spawn } from 'node:child_process'

/** Opens an address in the user's browser, if the system has a program for that; the address was printed anyway. */
export function openInBrowser(url: string): void {
  const [program, ...args] = programs[process.platform] ?? ['xdg-open']
  const child = spawn(program!, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

const programs: { readonly [platform: string]: readonly string[] } = {
  darwin: ['open'],
  win32: ['explorer.exe'],
}
