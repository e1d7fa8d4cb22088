/** What no report may reach: a server that counts, a file that code would write, a folder with a secret. */
export interface Places {
  readonly server: string
  readonly canary: string
  /** Absolute; holds `secret.txt`, `secret.md`, `secret.bib`, `secret.png` and the report's folder. */
  readonly outside: string
}

/** Text of the files outside. */
export const secret = 'thesecretofthereader'

/** Code that leaves its traces wherever it runs. */
export function codeOf({ server, canary }: Places): string {
  const node = `process.getBuiltinModule('fs').writeFileSync('${canary}','')`
  return `try{window.canary=1;fetch('${server}/ran');alert(1)}catch{}try{${node}}catch{}`
}
