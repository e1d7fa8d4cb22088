/** Reads what is attached to a PDF, as a reader does: name -> bytes. */
export async function attachedTo(pdf: Uint8Array): Promise<Map<string, Uint8Array>> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({ data: Uint8Array.from(pdf), verbosity: 0 })
  const found = (await (await task.promise).getAttachments()) as Record<
    string,
    { rawFilename: string; content: Uint8Array }
  > | null
  await task.destroy()
  return new Map(
    Object.values(found ?? {}).map(({ rawFilename, content }) => [rawFilename, new Uint8Array(content)]),
  )
}
