/** Debian's packages of the LaTeX that the peers print with. */
export const texPackages = 'texlive-latex-extra texlive-plain-generic latexmk lmodern'
