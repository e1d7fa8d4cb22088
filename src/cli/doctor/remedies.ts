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

type Installer = keyof typeof installers

/** Gives the command that installs a browser for all users. */
export function installBrowser(system: System): string {
  if (system.platform === 'darwin') return 'brew install --cask google-chrome'
  if (system.platform === 'win32') return 'winget install Google.Chrome'
  const command = installPackage(system, () => 'chromium')
  return command ?? 'install Chrome or Chromium, or set CHROME_PATH to the executable of one'
}

// Elsewhere it is called vulkan-loader.
const vulkanNames = { 'apt-get': 'libvulkan1', pacman: 'vulkan-icd-loader', zypper: 'libvulkan1' }

/** Gives the command that installs the library by which programs find a Vulkan driver. */
export function installVulkan(system: System): string {
  const names: { readonly [name in Installer]?: string } = vulkanNames
  return (
    installPackage(system, (installer) => names[installer] ?? 'vulkan-loader') ??
    'install the package of your system that has libvulkan.so.1'
  )
}

function installPackage(
  { env, isRoot }: System,
  nameFor: (installer: Installer) => string,
): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const found = (Object.keys(installers) as Installer[]).find((name) =>
    [...folders, '/usr/bin', '/sbin'].some((folder) => existsSync(join(folder, name))),
  )
  if (found === undefined) return undefined
  return `${isRoot ? '' : 'sudo '}${installers[found](nameFor(found))}`
}

/** Writes a path as a word of a command. */
export function shellWord(path: string): string {
  return /^[\w./~@%+:,=-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
