/** Put in when the tool is bundled. */
declare const __WEFT_VERSION__: string
/** The packages that draw, with their versions. */
declare const __WEFT_DRAWING__: readonly string[]

/** It has no declarations. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs'
