// The globals that have no state but their own properties, which `note-globals.ts` compares.
const stateless = new Set([
  ...['globalThis', 'undefined', 'NaN', 'Infinity', 'isNaN', 'isFinite', 'parseInt', 'parseFloat'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape'],
  ...['Object', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Math', 'JSON', 'Date', 'RegExp'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Proxy', 'Reflect', 'Intl'],
  ...['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['AggregateError', 'ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray'],
  ...['Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array'],
  ...['BigInt64Array', 'BigUint64Array', 'Buffer', '__weft'],
])

// Words that load other code, or make code of text: the constructor of any function does that.
const loading = /\b(import|require|eval|Function|constructor)\b/

// The constructor of a class, and the name of one for a message.
const harmless = /(?<=[{};\n])\s*constructor(?=\()|\.\s*constructor(?=\s*(\?\.|\.)\s*name\b)/g

// What the tool's own code in a bundle asks of the global object.
const ownGlobals = /\bglobalThis\s*(\?\.|\.)\s*__weft\b|\bglobalThis\[Symbol\.for\("weft\.host"\)\]/g

// Pure functions of Node, by name, so that the module itself cannot be changed. `weft/charts` packs pixels with them.
const pureImports =
  /\bimport\s*\{(\s*(\w+Sync|constants|crc32)(\s+as\s+\w+)?\s*,?)+\}\s*from\s*"node:zlib"|\bimport\s*\{[\w\s,]+\}\s*from\s*"node:path"/g

/**
 * Says whether code can reach nothing outside itself but objects of the language: no module, no package, no timer,
 * nothing of Node. It is told from words, so that some code that is plain counts as not.
 *
 * @param globals names on the global object
 */
export function isPlainCode(code: string, globals: ReadonlySet<string>): boolean {
  const rest = [pureImports, ownGlobals, harmless].reduce((text, allowed) => text.replace(allowed, ''), code)
  if (loading.test(rest)) return false
  const words = new Set(rest.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu))
  if (words.has('globalThis')) return false
  for (const word of words) if (globals.has(word) && !stateless.has(word)) return false
  return true
}
