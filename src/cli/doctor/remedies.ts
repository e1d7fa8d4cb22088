import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Gives the command that installs all packages of a project again, also damaged ones, which npm takes for right. */
export function reinstall(root: string): string {
  const has = (file: string) => existsSync(join(root, file))
  if (has('package-lock.json')) return 'npm ci'
  if (has('pnpm-lock.yaml')) return 'rm -r node_modules && pnpm install'
  return `rm -r node_modules && ${has('yarn.lock') ? 'yarn' : 'npm'} install`
}

/** What the choice of a system's own installer depends on. */
export interface System {
  readonly platform: string
  readonly env: NodeJS.ProcessEnv
  readonly isRoot: boolean
}

/** Describes the system that this process runs on. */
export function thisSystem(env: NodeJS.ProcessEnv = process.env): System {
  return { platform: process.platform, env, isRoot: process.getuid?.() === 0 }
}

const installers = {
  'apt-get': (name: string) => `apt-get install ${name}`,
  dnf: (name: string) => `dnf install ${name}`,
  apk: (name: string) => `apk add ${name}`,
  pacman: (name: string) => `pacman -S ${name}`,
  zypper: (name: string) => `zypper install ${name}`,
} as const

/** Gives the command that installs a browser for all users. */
export function installBrowser({ platform, env, isRoot }: System): string {
  if (platform === 'darwin') return 'brew install --cask google-chrome'
  if (platform === 'win32') return 'winget install Google.Chrome'
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const found = Object.entries(installers).find(([name]) =>
    [...folders, '/usr/bin', '/sbin'].some((folder) => existsSync(join(folder, name))),
  )
  if (found === undefined) return 'install Chrome or Chromium, or set CHROME_PATH to the executable of one'
  return `${isRoot ? '' : 'sudo '}${found[1]('chromium')}`
}
