/** What JSON can hold, and nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A lower-case hexadecimal SHA-256. */
export type Digest = string
