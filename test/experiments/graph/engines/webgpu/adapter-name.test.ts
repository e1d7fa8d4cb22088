import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { adapterName } from '../../../../../src/experiments/graph/engines/webgpu/adapter-name.ts'

test('adapterName', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'weft-adapter-'))
  t.after(() => rm(folder, { recursive: true }))
  const nvidia = join(folder, 'gpus')
  await mkdir(join(nvidia, '0000:01:00.0'), { recursive: true })
  await writeFile(join(nvidia, '0000:01:00.0/information'), 'Model: \t\t NVIDIA H200\nIRQ:   \t\t 1\n')
  await writeFile(join(folder, 'libGLX_nvidia.so.550.54'), '')
  await symlink('libGLX_nvidia.so.550.54', join(folder, 'libGLX_nvidia.so.0'))

  await t.test('should give the name of the file of the driver, with its version', () => {
    const libraries = ['/usr/lib/libc.so.6', '/usr/lib/libvulkan.so.1', '/none/libvulkan_radeon.so']
    assert.equal(adapterName({ libraries, nvidia }), 'libvulkan_radeon.so')
  })

  await t.test('should name the model of processors of NVIDIA, and each driver once', () => {
    const libraries = [join(folder, 'libGLX_nvidia.so.0'), join(folder, 'libGLX_nvidia.so.550.54')]
    assert.equal(adapterName({ libraries, nvidia }), 'libGLX_nvidia.so.550.54 (NVIDIA H200)')
    assert.equal(adapterName({ libraries, nvidia: join(folder, 'none') }), 'libGLX_nvidia.so.550.54')
    assert.equal(
      adapterName({ libraries: [...libraries, '/none/libvulkan_lvp.so'], nvidia }),
      'libGLX_nvidia.so.550.54 or libvulkan_lvp.so (NVIDIA H200)',
    )
  })

  await t.test('should give undefined where no driver is known', () => {
    assert.equal(adapterName({ libraries: ['/usr/lib/libvulkan.so.1'] }), undefined)
  })

  await t.test('should look at the libraries of this process, and leave the settings of its report', () => {
    const before = (process.report as { excludeNetwork?: boolean }).excludeNetwork
    const found = adapterName()
    assert.ok(found === undefined || /^lib/.test(found), found)
    assert.equal((process.report as { excludeNetwork?: boolean }).excludeNetwork, before)
  })
})
