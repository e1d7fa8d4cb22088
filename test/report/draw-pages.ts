import { build } from 'esbuild'
import type { OpenBrowser } from '../../src/render/print/open-browser.ts'
import { home } from './project.ts'

const pointsPerInch = 72

/** Code for the browser: draws each page of a PDF, and gives its picture as a data URI. */
const program = `
import { getDocument } from 'pdfjs-dist/build/pdf.min.mjs'
import 'pdfjs-dist/build/pdf.worker.min.mjs'

globalThis.drawPages = async (base64, scale) => {
  const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const pdf = await getDocument({ data, isEvalSupported: false }).promise
  const pictures = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const viewport = page.getViewport({ scale })
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(viewport.width)
    canvas.height = Math.round(viewport.height)
    // Drawn as for a printer: in one go. A screen's drawing pauses for frames, and thin lines differ with the pauses.
    await page.render({ canvas, viewport, background: '#fff', intent: 'print' }).promise
    pictures.push(canvas.toDataURL('image/png'))
  }
  return pictures
}`

/** Draws the pages of a PDF in a browser, each as a PNG with `dpi` dots per inch. */
export async function drawPages(pdf: Uint8Array, { browser }: OpenBrowser, dpi: number): Promise<Buffer[]> {
  const page = await browser.newPage()
  try {
    await page.setContent('<!doctype html><title>Pages</title>')
    await page.addScriptTag({ content: await bundled() })
    const base64 = Buffer.from(pdf).toString('base64')
    const call = `drawPages(${JSON.stringify(base64)}, ${dpi / pointsPerInch})`
    const pictures = (await page.evaluate(call)) as string[]
    return pictures.map((uri) => Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'))
  } finally {
    await page.close()
  }
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: home },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome140',
    logLevel: 'silent',
  })
  return outputFiles[0]!.text
}
