// A task may replace what this file works with, so that it keeps the functions, and counts instead of iterating.
const { getPrototypeOf, isExtensible, ownKeys, getOwnPropertyDescriptor } = Reflect
const { is } = Object
const hostName = Symbol.for('weft.host')

/**
 * Notes every object of the language as it is now: the global object, constructors, prototypes and functions, with all
 * their properties. Gives a function that says whether all of them are still so.
 */
export function noteGlobals(): () => boolean {
  const objects = objectsOfLanguage()
  // From Node 22 on, to look at `FormData` loads it, which adds a global.
  stateOf(globalThis)
  const states = objects.map(stateOf)
  return () => {
    try {
      for (let at = 0; at < objects.length; at++)
        if (!isSame(stateOf(objects[at]!), states[at]!)) return false
      return true
    } catch {
      return false
    }
  }
}

function isSame(now: readonly unknown[], before: readonly unknown[]): boolean {
  if (now.length !== before.length) return false
  for (let at = 0; at < now.length; at++) if (!is(now[at], before[at])) return false
  return true
}

function objectsOfLanguage(): object[] {
  const found = new Set<object>()
  const open: unknown[] = [globalThis, ...hidden()]
  while (open.length > 0) {
    const one = open.pop()
    if (!isObject(one) || found.has(one)) continue
    found.add(one)
    // What Node adds to the global object is compared by what it is, not looked into: plain code has no word for it.
    open.push(...(one === globalThis ? languageIn(globalThis) : stateOf(one)))
  }
  return [...found]
}

// Objects that no global names.
function hidden(): object[] {
  const iterators = [
    [].values(),
    new Map().values(),
    new Set().values(),
    ''[Symbol.iterator](),
    ''.matchAll(/./g),
  ]
  const functions = [function* () {}, async () => {}, async function* () {}]
  return [...iterators, ...functions, ...functions.map((one) => Object(one.prototype) as object)].map(
    (one) => Object.getPrototypeOf(one) as object,
  )
}

function languageIn(global: object): unknown[] {
  return languageNames.map((name) => (global as Record<string, unknown>)[name])
}

const languageNames = [
  ...['Object', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Math', 'JSON', 'Date', 'RegExp'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Proxy', 'Reflect', 'Intl', 'Function'],
  ...['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['AggregateError', 'ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray'],
  ...['Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array'],
  ...['BigInt64Array', 'BigUint64Array', 'Buffer', 'isNaN', 'isFinite', 'parseInt', 'parseFloat'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape'],
]

// Its prototype, whether it can be extended, and each property with its value or its functions and its attributes. Of
// the global object without what is set anew for each task.
function stateOf(one: object): unknown[] {
  const state: unknown[] = [getPrototypeOf(one), isExtensible(one)]
  const names = ownKeys(one)
  for (let at = 0; at < names.length; at++) {
    const name = names[at]!
    if (one === globalThis && (name === '__weft' || name === hostName)) continue
    const { value, get, set, configurable, enumerable, writable } = getOwnPropertyDescriptor(one, name)!
    const to = state.length
    state[to] = name
    state[to + 1] = value
    state[to + 2] = get
    state[to + 3] = set
    state[to + 4] = (configurable ? 1 : 0) + (enumerable ? 2 : 0) + (writable ? 4 : 0)
  }
  return state
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
