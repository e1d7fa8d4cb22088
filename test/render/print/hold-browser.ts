import { join } from 'node:path'
import { openBrowser } from '../../../src/render/print/open-browser.ts'

// A build that goes on until a signal ends it; says which process and which folder must end with it.
openBrowser().then(({ browser }) => {
  const { pid, spawnargs } = browser.process()!
  const profile = spawnargs
    .find((one) => one.startsWith('--user-data-dir='))!
    .slice('--user-data-dir='.length)
  console.log(JSON.stringify({ pid, folder: join(profile, '..') }))
})
