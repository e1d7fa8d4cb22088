import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Candidate, OpenCandidate } from './candidate.ts'
import { document } from './document.ts'
import { editFile } from './edit-file.ts'
import { texPackages } from './tex-packages.ts'
import { toKnitr } from './to-knitr.ts'
import { pdftexVersion, versionOf } from './version-of.ts'

/** knitr, through R Markdown. */
export const knitr: Candidate = {
  document: 'cells',
  tool: 'knitr',
  packages: `Debian: r-cran-knitr r-cran-rmarkdown r-cran-codetools pandoc ${texPackages}`,
  open,
}

// codetools, which R's own distribution recommends, finds the dependencies of cached chunks.
const versions = `p <- function(name) as.character(packageVersion(name))
invisible(p("codetools"))
cat(p("knitr"), ", rmarkdown ", p("rmarkdown"), ", R ", as.character(getRversion()), "\\n", sep = "")`

function open(): OpenCandidate {
  const version = versionOf('Rscript', ['-e', versions], /(.+)/)
  const pandoc = versionOf('pandoc', ['--version'], /^pandoc ([\d.]+)/)
  return {
    title: `knitr ${version}: cells in R, base graphics, cache=TRUE; LaTeX by pandoc ${pandoc}, pdfTeX ${pdftexVersion()}`,
    content: document,
    pdf: 'report.pdf',
    prepare: (folder) => writeFileSync(join(folder, 'report.Rmd'), toKnitr(document)),
    edit: (folder) => editFile(join(folder, 'report.Rmd'), document.edit.from, document.edit.to),
    command: () => ({ program: 'Rscript', args: ['-e', 'rmarkdown::render("report.Rmd", quiet = TRUE)'] }),
  }
}
