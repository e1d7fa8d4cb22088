import { setTimeout as pause } from 'node:timers/promises'

/**
 * Says whether an error means that a browser has ended, or does not answer: it was killed, or ran out of memory for a
 * moment. Another one may do better.
 */
export async function isBrowserFault(error: unknown): Promise<boolean> {
  const { ProtocolError, TimeoutError } = await import('puppeteer-core')
  return error instanceof ProtocolError || error instanceof TimeoutError
}

const answerMs = 30_000

/**
 * Waits for an answer that takes a browser a moment, such as a new page. One without the process that starts the others
 * answers nothing, and puppeteer waits three minutes for it. Rejects with puppeteer's `TimeoutError`.
 */
export async function answered<T>(answer: Promise<T>, patienceMs = answerMs): Promise<T> {
  const over = new AbortController()
  const silence = pause(patienceMs, undefined, { signal: over.signal }).then(async () => {
    const { TimeoutError } = await import('puppeteer-core')
    throw new TimeoutError(`Expected an answer of the browser in ${patienceMs / 1000} s, found none`)
  })
  silence.catch(() => undefined)
  try {
    return await Promise.race([answer, silence])
  } finally {
    over.abort()
    answer.catch(() => undefined)
  }
}
