/** What JSON can hold, and nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
