/** A table of powers of a growing value. */
export interface TableCell {
  readonly label: string
  readonly caption: string
  readonly growth: number
  readonly rows: number
}

/** A line chart of a damped oscillation. */
export interface FigureCell {
  readonly label: string
  readonly caption: string
  readonly damping: number
  readonly frequency: number
  readonly points: number
}

export interface Section {
  readonly title: string
  /** Plain words without markup in any dialect. */
  readonly prose: readonly [string, string]
  /** Displayed formulas that LaTeX, KaTeX and MathJax all support. */
  readonly formulas: readonly [string, string]
  readonly table: TableCell
  readonly figure: FigureCell
}

export interface Document {
  readonly title: string
  readonly sections: readonly Section[]
  /** A one-word edit. The prose contains `from` once and `to` nowhere. */
  readonly edit: { readonly from: string; readonly to: string }
}

const rows = 8
const points = 101

const topics: readonly (readonly [title: string, subject: string, formulas: Section['formulas']])[] = [
  [
    'Series',
    'a sum of infinitely many terms',
    [
      String.raw`\sum_{n=0}^{\infty} x^n = \frac{1}{1 - x}`,
      String.raw`e^x = \sum_{n=0}^{\infty} \frac{x^n}{n!}`,
    ],
  ],
  [
    'Integrals',
    'an area below a curve',
    [
      String.raw`\int_{-\infty}^{\infty} e^{-x^2} \, dx = \sqrt{\pi}`,
      String.raw`\int_0^1 x^a (1 - x)^b \, dx = \frac{a! \, b!}{(a + b + 1)!}`,
    ],
  ],
  [
    'Derivatives',
    'the slope of a function',
    [
      String.raw`f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}`,
      String.raw`\frac{d}{dx} f(g(x)) = f'(g(x)) \, g'(x)`,
    ],
  ],
  [
    'Matrices',
    'a linear map between two spaces',
    [
      String.raw`A^{-1} = \frac{1}{ad - bc} \begin{pmatrix} d & -b \\ -c & a \end{pmatrix}`,
      String.raw`(A B)_{ij} = \sum_{k=1}^{n} a_{ik} b_{kj}`,
    ],
  ],
  [
    'Probability',
    'a share of all cases',
    [
      String.raw`P(A \mid B) = \frac{P(B \mid A) \, P(A)}{P(B)}`,
      String.raw`\operatorname{Var}(X) = E(X^2) - E(X)^2`,
    ],
  ],
  [
    'Distributions',
    'a density over the real numbers',
    [
      String.raw`p(x) = \frac{1}{\sigma \sqrt{2 \pi}} \, e^{-(x - \mu)^2 / (2 \sigma^2)}`,
      String.raw`P(X = k) = \binom{n}{k} p^k (1 - p)^{n - k}`,
    ],
  ],
  [
    'Numbers',
    'a count of ways to choose',
    [
      String.raw`n! \approx \sqrt{2 \pi n} \left( \frac{n}{e} \right)^n`,
      String.raw`\zeta(2) = \sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}`,
    ],
  ],
  [
    'Waves',
    'a motion that returns',
    [
      String.raw`\frac{\partial^2 u}{\partial t^2} = c^2 \frac{\partial^2 u}{\partial x^2}`,
      String.raw`\hat{f}(k) = \int_{-\infty}^{\infty} f(x) \, e^{-2 \pi i k x} \, dx`,
    ],
  ],
  [
    'Learning',
    'a loss that is made small',
    [
      String.raw`w_{t+1} = w_t - \eta \, \nabla L(w_t)`,
      String.raw`\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{n} e^{z_j}}`,
    ],
  ],
  [
    'Geometry',
    'a length in the plane',
    [
      String.raw`c^2 = a^2 + b^2 - 2ab \cos \gamma`,
      String.raw`e^{i \varphi} = \cos \varphi + i \sin \varphi`,
    ],
  ],
]

/** The document that every tool builds: 20 cells (10 tables, 10 figures), 20 formulas and their prose. */
export const document: Document = {
  title: 'Ten tables and ten figures',
  sections: topics.map(([title, subject, formulas], index) => ({
    title,
    prose: [
      `This section is about ${subject}. Two formulas come first, each on a line of its own. They are set as mathematics, and nothing in them is computed.`,
      `The table below them follows a value that grows by the same share in each step. The figure shows an oscillation whose swing shrinks${index === 4 ? ' gently' : ''} with time. Both are computed by cells in this place, and a reader sees their results alone.`,
    ],
    formulas,
    table: {
      label: `tbl-${title.toLowerCase()}`,
      caption: `Growth by ${index + 2} hundredths in a step.`,
      growth: (index + 2) / 100,
      rows,
    },
    figure: {
      label: `fig-${title.toLowerCase()}`,
      caption: `An oscillation of frequency ${index + 1}.`,
      damping: (index + 1) / 20,
      frequency: index + 1,
      points,
    },
  })),
  edit: { from: 'gently', to: 'slowly' },
}
