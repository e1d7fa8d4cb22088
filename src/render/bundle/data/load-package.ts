import { commandToInstall } from '../../model/optional-packages.ts'
import { DataError } from './data-error.ts'

/** Loads a package that reads a kind of data files. Throws a `DataError` with the command that installs it. */
export async function loadPackage<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new DataError(
      `expected the package ${name}, which reads it: ${commandToInstall(name)}`,
      undefined,
      cause,
    )
  }
}
