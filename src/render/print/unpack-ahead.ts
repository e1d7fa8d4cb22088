import { findPackage, runsBundled, unpackBrowser } from './bundled.ts'
import { cacheFolders, type Machine, thisMachine } from './cache-folder.ts'
import { namingVariables } from './installed.ts'

/**
 * Unpacks the bundled browser before a build asks for it, unless builds of this machine use another one. Gives its folder,
 * or undefined; what prevents it is told by the build that needs it.
 */
export async function unpackAhead(
  machine: Machine = thisMachine(),
  folders: readonly string[] = cacheFolders(machine),
): Promise<string | undefined> {
  if (!runsBundled(machine) || namingVariables.some((name) => machine.env[name])) return undefined
  try {
    return await unpackBrowser(await findPackage(), folders)
  } catch {
    return undefined
  }
}
