/** Put in when the tool is bundled. */
declare const __WEFT_VERSION__: string
