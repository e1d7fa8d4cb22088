import { setFlagsFromString } from 'node:v8'

// Node 20 optimizes a function once it has run for a while, in threads of its own. Most functions of a command that takes
// seconds are done before that pays: to wait eight times as long saves a seventh of a build's processor time. Later
// versions count otherwise and wait longer by themselves; to name a setting that they lack makes them complain.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=540000')
