/**
 * Says whether an error means that a browser has ended, or does not answer: it was killed, or ran out of memory for a
 * moment. Another one may do better.
 */
export async function isBrowserFault(error: unknown): Promise<boolean> {
  const { ProtocolError, TimeoutError } = await import('puppeteer-core')
  return error instanceof ProtocolError || error instanceof TimeoutError
}
