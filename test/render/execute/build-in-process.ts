import { buildProject } from './build-project.ts'

// A build in a process of its own, for killing: tells its parent what happens as it happens.
const { PATH, HOME } = process.env
await buildProject(process.argv[2]!, {
  env: { PATH, HOME, WEFT_LOOP: '1' },
  tell: (event) => void process.send!(event),
})
process.disconnect()
