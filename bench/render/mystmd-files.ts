/** Files beside a mystmd document: its project, and a template, which mystmd would otherwise download. */
export const mystmdFiles: { readonly [path: string]: string } = {
  'myst.yml': `version: 1
project:
  toc:
    - file: report.md
`,
  // Jupyter refuses to run as root without this.
  'jupyter/jupyter_server_config.json': JSON.stringify({ ServerApp: { allow_root: true } }),
  'template/template.yml': `jtex: v1
title: Article
description: LaTeX's own article
version: 1.0.0
license: MIT
doc:
  - id: title
build:
  engine: -pdf
files:
  - template.tex
`,
  'template/template.tex': String.raw`\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{graphicx}
\usepackage{amsmath}
\usepackage{amssymb}
\usepackage{hyperref}
[-IMPORTS-]
\title{[-doc.title-]}
\author{}
\date{2026-11-30}
\begin{document}
\maketitle
[-CONTENT-]
\end{document}
`,
}
