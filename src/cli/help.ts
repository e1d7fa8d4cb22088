/** The text of `weft --help`. */
export const help = `Weft builds reports whose every number is computed.

Usage
  weft [build] [REPORT.md] [options]    print the report; run only what changed
  weft accept  [REPORT.md] [options]    build, then publish the results it used
  weft check   [REPORT.md] [options]    compute everything again, and compare every number with the accepted one
  weft why LABEL [REPORT.md] [options]  say why a cell or a job would run, or was not run
  weft data    COMMAND [options]        look into data files, pin and make them: weft data --help

REPORT.md is report-src/report.md unless it is named.

Options
  --profile NAME   params of that name in the front matter, such as quick (default: full)
  --cached         run no cell and no job; a missing result is an error
  --rerun          run every cell and job, as if nothing were stored
  --prove          find every value, table cell and caption in the print, in its place
  --strict         every warning is an error
  --untrusted      execute nothing of the report; its values are those that were accepted
  --out DIR        write there in place of dist
  --jobs N         jobs at once, each in a process (default: one a processor)
  --threads N      threads of arithmetic of each job (default: 1)
  --help           show this
  --version        show the version

Options of check
  --only LABEL...  compute again only these cells, with what they need
  --sample K       compute again only K jobs drawn by the seed; judge what rests on them
  --seed N         of the order of jobs and of the sample (default: drawn, and told)
  --json           write the outcome as JSON
  --github         write what differs as annotations of GitHub

Options of accept
  --lock-only      write the numbers into the lock, and keep no results

Environment
  WEFT_DATA            folder with the data sets
  WEFT_ENGINE          what runs graphs: onnx or tfjs (default: onnx where it loads)
  WEFT_THREADS         what --threads is where it is not given
  CHROME_PATH          browser to print with, in place of the bundled one
  SOURCE_DATE_EPOCH    date of the PDF, in seconds; otherwise the front matter's date

Results are kept in report-src/freeze (accepted) and dist/.cache/freeze (this machine's).
Exit status: 0 all is well, 1 something is wrong in the report or the call, 130 stopped.
`
