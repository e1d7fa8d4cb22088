import { commandTable, environmentTable, optionsOf, optionUsage } from './option-table.ts'

/** The text of `weft --help`. */
export const help = `Weft builds reports whose every number is computed.

Usage
${Object.entries(commandTable).map(usageLine).join('\n')}

Without REPORT.md, Weft takes report-src/report.md, or else report.md.

Options
${optionLines()}

Options of preview
${optionLines('preview')}

Options of check
${optionLines('check')}

Options of diff
${optionLines('diff')}

Options of accept
${optionLines('accept')}

Options of jobs
${optionLines('jobs')}

Options of gc
${optionLines('gc')}

Options of submission
${optionLines('submission')}

Options of notebook
${optionLines('notebook')}

Environment
${Object.entries(environmentTable)
  .map(([name, text]) => `  ${name.padEnd(19)}  ${text}`)
  .join('\n')}

Results are stored in report-src/freeze (accepted) and dist/.cache/freeze (of this machine).
Exit status: 0 success, 1 a fault in the report or in the arguments, 130 stopped.
`

// `build` is what is done if no command is named.
function usageLine([name, { usage, text }]: [
  string,
  { readonly usage: string; readonly text: string },
]): string {
  const command = name === 'build' ? '[build]' : name
  return `  ${`weft ${command.padEnd(7)} ${usage}`.padEnd(41)}  ${text}`
}

function optionLines(command?: Parameters<typeof optionsOf>[0]): string {
  return optionsOf(command)
    .map(([name, option]) => `  ${optionUsage(name, option).padEnd(15)}  ${option.text}`)
    .join('\n')
}
