import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemReasonOf } from './console.ts'

/**
 * Writes a file under a temporary name in its folder and renames it when it is complete. If anything fails, the file
 * does not change and no other file is left.
 * @throws if the file exists and may not be replaced
 */
export async function writeAside<T>(
  path: string,
  { overwrite }: { readonly overwrite: boolean },
  write: (temporary: string) => Promise<T>,
): Promise<T> {
  await checkPlace(path, overwrite)
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  await tryToWrite(path, temporary)
  try {
    const written = await write(temporary)
    await rename(temporary, path)
    return written
  } catch (cause) {
    // An error code without a path comes from writing: errors of reading name the path.
    const { path: of, syscall } = cause as NodeJS.ErrnoException
    const reason =
      of === undefined || of === temporary || syscall === 'write' ? systemReasonOf(cause) : undefined
    throw reason === undefined ? cause : new Error(`Cannot write \`${path}\`, ${reason}`, { cause })
  } finally {
    await rm(temporary, { force: true })
  }
}

async function checkPlace(path: string, overwrite: boolean): Promise<void> {
  if (path === '') throw new Error('Cannot write a file without a name, expected one, found nothing')
  const folder = dirname(path)
  if (!(await kindOf(folder))?.isDirectory()) {
    throw new Error(`Cannot write \`${path}\`, expected a folder \`${folder}\`, found none`)
  }
  const there = await kindOf(path)
  // Renaming would replace a device too.
  if (there && !there.isFile()) {
    const found = there.isDirectory() ? 'a folder' : 'something else'
    throw new Error(`Cannot write \`${path}\`, expected a file, found ${found}`)
  }
  if (there && !overwrite) {
    throw new Error(`Cannot write \`${path}\`, it is there already: add --overwrite to replace it`)
  }
}

/** Tries to write first: the content may take minutes to compute. */
async function tryToWrite(path: string, temporary: string): Promise<void> {
  try {
    await (await open(temporary, 'wx')).close()
    await rm(temporary)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const reason =
      code === 'ENOENT' ? `the folder \`${dirname(path)}\` takes no files` : systemReasonOf(cause)
    throw new Error(`Cannot write \`${path}\`, ${reason ?? (cause as Error).message}`, { cause })
  }
}

function kindOf(path: string) {
  return stat(path).catch(() => undefined)
}
