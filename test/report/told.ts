/** Lists the messages in the output of vfile-reporter: `file:line:column: reason [rule]`. */
export function told(stderr: string): string[] {
  let file = ''
  return stderr.split('\n').flatMap((line) => {
    const message = /^ *(?:(\d+:\d+)(?:-\d+:\d+)?)? +(?:error|warning) +(.*?) +([a-z-]+) +weft$/.exec(line)
    if (message) return [`${file}:${message[1] ?? ''}: ${message[2]} [${message[3]}]`]
    if (/^\S+\.md$/.test(line)) file = line
    return []
  })
}
