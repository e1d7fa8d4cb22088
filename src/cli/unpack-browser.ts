import { unpackAhead } from '../render/print/unpack-ahead.ts'

// What npm's `prepare` starts beside its other work.
await unpackAhead()
