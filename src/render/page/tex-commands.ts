// What the commands of TeX print in titles and names, beyond those that citation-js knows.

/** Letters that have a command of their own. */
export const letters = pairs(
  `AA Å  aa å  AE Æ  ae æ  O Ø  o ø  L Ł  l ł  OE Œ  oe œ  ss ß  SS ẞ  DH Ð  dh ð  TH Þ  th þ  DJ Đ  dj đ  NG Ŋ
  ng ŋ  IJ Ĳ  ij ĳ  i ı  j ȷ`,
)

/** Accents over letters of text, by the character that follows the letter. */
export const textAccents = combining(
  '` 300  \' 301  ^ 302  ~ 303  = 304  u 306  . 307  " 308  h 309  r 30a  H 30b  v 30c  d 323  c 327  k 328  b 331',
)

/** Accents of formulas, by the character that follows the letter. */
export const mathAccents = combining(
  `hat 302  widehat 302  tilde 303  widetilde 303  bar 304  dot 307  ddot 308  vec 20d7  acute 301  grave 300
  check 30c  breve 306`,
)

const spaces = ': ; space quad qquad newline par \\'
const nothing = 'protect displaystyle left right nolimits limits unskip'

/** Commands without an argument. */
export const commands: { readonly [name: string]: string } = {
  ...pairs(
    `P ¶  S §  dag †  ddag ‡  pounds £  euro €  degree °  slash /  hyphen -  dots …  ldots …  cdots ⋯  backslash \\  lbrack [
    rbrack ]  textvert |  | ‖  lq ‘  rq ’  glqq „  grqq “  LaTeXe LaTeX2e`,
  ),
  ...named('TeX LaTeX BibTeX XeTeX LuaTeX'),
  ...each(spaces, ' '),
  ...each(nothing, ''),
  // A back-slash before a space.
  '': ' ',
  ...each(', thinspace', '\u202f'),
  nobreakspace: '\u00a0',
}

const relations = pairs(
  `le ≤  leq ≤  ge ≥  geq ≥  ll ≪  gg ≫  neq ≠  ne ≠  equiv ≡  approx ≈  simeq ≃  cong ≅  propto ∝  to →  rightarrow →
  leftarrow ←  Rightarrow ⇒  leftrightarrow ↔  mapsto ↦  in ∈  subset ⊂  subseteq ⊆`,
)

/** Commands of formulas without an argument. */
export const mathCommands: { readonly [name: string]: string } = {
  ...pairs(
    `times ×  cdot ·  ast ∗  star ⋆  circ ∘  bullet •  pm ±  mp ∓  div ÷  oplus ⊕  otimes ⊗  sim ∼  infty ∞  partial ∂
    nabla ∇  prime ′  cup ∪  cap ∩  setminus ∖  emptyset ∅  forall ∀  exists ∃  sum ∑  prod ∏  int ∫  langle ⟨
    rangle ⟩  ell ℓ  hbar ℏ  mid |  vert |  perp ⊥  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  wedge ∧  vee ∨  neg ¬
    angle ∠  Re ℜ  Im ℑ  omicron ο  varkappa ϰ  digamma ϝ`,
  ),
  ...Object.fromEntries(Object.entries(relations).map(([name, sign]) => [name, ` ${sign} `])),
  ...named('log ln exp sin cos tan min max lim sup inf det dim ker Pr arg gcd deg'),
}

/** Commands that show their argument as it is. */
export const plainCommands = words(
  `mbox hbox fbox text textnormal underline uline emphasis mathrm mathit mathbf mathsf mathtt mathcal mathscr mathfrak
  mathbb boldsymbol bm operatorname ensuremath overline nocase bibstring`,
)

/** Switches that hold to the end of their group and print nothing themselves. */
export const switches = words(
  `cal normalfont upshape mdseries ttfamily rmfamily sffamily tiny scriptsize footnotesize small normalsize large
  Large boldmath unboldmath selectfont`,
)

/** Commands with arguments; citation-js counts them by the length of the function. */
export const argumentCommands: { readonly [name: string]: (...args: never[]) => string } = {
  href: (url: string, text: string) => (url === text ? url : `${text} (${url})`),
  nolinkurl: (url: string) => url,
  path: (path: string) => path,
  texorpdfstring: (_tex: string, text: string) => text,
  noopsort: (_key: string) => '',
  textcolor: (_color: string, text: string) => text,
  uppercase: (text: string) => text.toUpperCase(),
  MakeUppercase: (text: string) => text.toUpperCase(),
  lowercase: (text: string) => text.toLowerCase(),
  MakeLowercase: (text: string) => text.toLowerCase(),
  sqrt: (radicand: string) => (radicand.length === 1 ? `√${radicand}` : `√(${radicand})`),
  frac: (numerator: string, denominator: string) => `${numerator}/${denominator}`,
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

function pairs(text: string): { readonly [name: string]: string } {
  const all = words(text)
  return Object.fromEntries(all.flatMap((name, index) => (index % 2 === 0 ? [[name, all[index + 1]!]] : [])))
}

function combining(text: string): { readonly [name: string]: string } {
  const codes = Object.entries(pairs(text))
  return Object.fromEntries(
    codes.map(([name, code]) => [name, String.fromCodePoint(Number.parseInt(code, 16))]),
  )
}

function named(names: string): { readonly [name: string]: string } {
  return Object.fromEntries(words(names).map((name) => [name, name]))
}

function each(names: string, printed: string): { readonly [name: string]: string } {
  return Object.fromEntries(words(names).map((name) => [name, printed]))
}
