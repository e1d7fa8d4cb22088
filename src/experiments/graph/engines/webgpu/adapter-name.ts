import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'

interface Options {
  /** Paths of the libraries of this process. */
  readonly libraries?: readonly string[]
  /** Where NVIDIA's driver describes each graphics processor. */
  readonly nvidia?: string
}

// Vulkan drivers: SwiftShader's, those of Mesa, NVIDIA's.
const driver = /^lib(vk_swiftshader|vulkan_\w+|GLX_nvidia)\.so/

/**
 * Names the Vulkan drivers of this process, `libvk_swiftshader.so`, and the models of NVIDIA's processors: what is
 * known of the adapter, because onnxruntime-node does not say which one its provider uses. Gives undefined if this
 * process has no such driver, as on macOS and Windows.
 */
export function adapterName({
  libraries = loadedLibraries(),
  nvidia = '/proc/driver/nvidia/gpus',
}: Options = {}): string | undefined {
  const drivers = libraries.filter((library) => driver.test(basename(library)))
  if (drivers.length === 0) return undefined
  const names = [...new Set(drivers.map(realName))].join(' or ')
  const models = drivers.some((library) => library.includes('nvidia')) ? modelsOf(nvidia) : []
  return models.length === 0 ? names : `${names} (${models.join(', ')})`
}

function loadedLibraries(): readonly string[] {
  const { report } = process
  // Else the report looks up the names of all network interfaces.
  const settings = report as { excludeNetwork?: boolean }
  const { excludeNetwork } = settings
  settings.excludeNetwork = true
  try {
    return (report.getReport() as unknown as { readonly sharedObjects: readonly string[] }).sharedObjects
  } finally {
    if (excludeNetwork !== undefined) settings.excludeNetwork = excludeNetwork
  }
}

// The name of the file that a link leads to has the driver's version.
function realName(library: string): string {
  try {
    return basename(realpathSync(library))
  } catch {
    return basename(library)
  }
}

function modelsOf(folder: string): string[] {
  try {
    const all = readdirSync(folder).map((name) => readFileSync(join(folder, name, 'information'), 'utf8'))
    return [...new Set(all.flatMap((text) => /^Model:\s*(.+?)\s*$/m.exec(text)?.[1] ?? []))]
  } catch {
    return []
  }
}
