import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { constants, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeBrotliTar } from '../../../../src/render/print/unpack.ts'

export interface SoftwareAdapter {
  /** Variables that make a new process use it. */
  readonly env: Readonly<Record<string, string>>
  /** Makes this process use it. */
  use(): void
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))
// Keeps a library loaded, although it is no addon of Node.
const noDelete = 0x1000

/**
 * Unpacks SwiftShader, a Vulkan driver that computes on the processor, with its loader: the package of the bundled
 * browser brings both.
 * @throws if there is none for this machine
 */
export async function softwareAdapter(): Promise<SoftwareAdapter> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`no SwiftShader for ${process.platform}-${process.arch}, expected linux-x64`)
  const chromium = join(root, 'node_modules/@sparticuz/chromium')
  const { version } = JSON.parse(await readFile(join(chromium, 'package.json'), 'utf8')) as {
    version: string
  }
  const folder = join(tmpdir(), `weft-swiftshader-${version}-${userInfo().username}`)
  if (!(await exists(folder))) await unpack(join(chromium, 'bin/swiftshader.tar.br'), folder)
  const manifest = join(folder, 'vk_swiftshader_icd.json')
  return {
    env: { VK_ICD_FILENAMES: manifest, LD_LIBRARY_PATH: folder },
    use() {
      process.env.VK_ICD_FILENAMES = manifest
      try {
        process.dlopen({ exports: {} }, join(folder, 'libvulkan.so.1'), constants.dlopen.RTLD_NOW | noDelete)
      } catch (cause) {
        if (!(cause as Error).message.includes('did not self-register')) throw cause
      }
    },
  }
}

/** Unpacks beside the folder and renames, so that a process that tests at the same time sees all of it or nothing. */
async function unpack(archive: string, folder: string): Promise<void> {
  const beside = await mkdtemp(`${folder}-`)
  await writeBrotliTar(archive, beside, '.')
  await rename(beside, folder).catch(async (cause) => {
    await rm(beside, { recursive: true, force: true })
    if (!(await exists(folder))) throw cause
  })
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
