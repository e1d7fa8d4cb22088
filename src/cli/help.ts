/** The text of `weft --help`. */
export const help = `Weft builds reports whose every number is computed.

Usage
  weft init    [DIR] [--template NAME]  write a first report: study or minimal (weft init --help)
  weft [build] [REPORT.md] [options]    print the report; run only what has changed
  weft preview [REPORT.md] [options]    show the report in the browser while it is written
  weft accept  [REPORT.md] [options]    build, then publish the results it used
  weft check   [REPORT.md] [options]    compute everything again and compare each number with the accepted one
  weft why LABEL [REPORT.md] [options]  say why a cell or a job would run, or was not run
  weft types   [REPORT.md] [options]    check the types of every cell, value and claim; run nothing
  weft add     FEATURE...               install what a report needs beside Weft: training, types
  weft data    COMMAND [options]        inspect, pin and make data files: weft data --help

Without REPORT.md, Weft takes report-src/report.md, or else report.md.

Options
  --profile NAME   params of that name in the front matter, such as quick (default: full)
  --cached         run no cell and no job; a missing result is an error
  --rerun          run every cell and job, as if nothing were stored
  --prove          find every value, table cell and caption in the print, in its place
  --strict         every warning is an error
  --untrusted      run no code of the report; show the values that were accepted
  --out DIR        write to this folder, not to dist
  --jobs N         jobs that run at once, each in a process (default: one per processor)
  --threads N      threads that each job computes with (default: 1)
  --help           show this text
  --version        show the version

Options of preview
  --run            run all jobs at once, however long they take
  --port N         port to serve at (default: the same for a report each time)
  --host ADDRESS   address to serve at (default: 127.0.0.1, this machine alone)
  --no-open        open no browser

Options of check
  --only LABEL...  compute again only these cells, with what they need
  --sample K       compute again only K jobs drawn by the seed; judge what depends on them
  --seed N         seed of the order of jobs and of the sample (default: drawn and printed)
  --json           write the outcome as JSON
  --github         write differences as GitHub annotations

Options of accept
  --lock-only      write the numbers into the lock, but store no results

Environment
  WEFT_DATA            folder with the data sets
  WEFT_ENGINE          engine that runs graphs: onnx or tfjs (default: onnx if it loads)
  WEFT_THREADS         default of --threads
  CHROME_PATH          browser to print with, in place of the bundled one
  SOURCE_DATE_EPOCH    date of the PDF, in seconds; otherwise the front matter's date

Results are stored in report-src/freeze (accepted) and dist/.cache/freeze (of this machine).
Exit status: 0 success, 1 a fault in the report or in the arguments, 130 stopped.
`
