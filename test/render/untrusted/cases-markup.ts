import type { Places } from './places.ts'
import { codeOf } from './places.ts'
import type { Hostile } from './untrusted-report.ts'

const none = /^$/
const shownAsSource = /report\.md:\d+:\d+ report-is-harmless Unexpected HTML `/

/** HTML, links, directives and formulas of a chapter. */
export function markupCases(places: Places): Hostile[] {
  const { server } = places
  const code = codeOf(places)
  const html = (name: string, body: string, page = /<code[^>]*>/): Hostile => ({
    name: `markup: ${name}`,
    body,
    said: shownAsSource,
    page,
  })
  const link = (name: string, address: string): Hostile => ({
    name: `link: ${name}`,
    body: `[click](<${address}>)`,
    said: /Unexpected link `|^$/,
    page: />click<|\[click\]/,
    never: /href="[^"]*(?:script|text\/html|file):/i,
  })
  return [
    html('script', `<script>${code}</script>`),
    html('script in a line', `Words <script>${code}</script> words.`),
    html('image that fails', `<img src=x onerror="${code}">`),
    html('image of the network', `<img src="${server}/image.png">`),
    html('frame', `<iframe src="${server}/frame" srcdoc="<script>${code}</script>"></iframe>`),
    html('frame of a file', `<iframe src="file://${places.outside}/secret.txt"></iframe>`),
    html('object and embed', `<object data="${server}/o"></object>\n<embed src="${server}/e">`),
    html(
      'form',
      `<form action="${server}/form"><input name=a autofocus onfocus="${code}"><button>go</button></form>`,
    ),
    html('base', `<base href="${server}/">\n\n[a](#b)`),
    html('refresh', `<meta http-equiv="refresh" content="0;url=${server}/refresh">`),
    html(
      'style sheet',
      `<link rel=stylesheet href="${server}/s.css">\n\n<style>@import "${server}/i.css";*{display:none}</style>`,
    ),
    html('style that covers', `<div style="position:fixed;inset:0;background:url(${server}/bg)">gone</div>`),
    html('details that tell', `<details open ontoggle="${code}"><summary>a</summary></details>`),
    html(
      'drawing with a script',
      `<svg onload="${code}"><script>${code}</script><foreignObject><iframe src="${server}/f"></iframe></foreignObject></svg>`,
    ),
    html(
      'namespaces mixed up',
      `<svg><style><img src=x onerror="${code}"></style></svg>\n\n<math><mtext><table><mglyph><style><img src=x onerror="${code}">`,
    ),
    html(
      'template and noscript',
      `<noscript><p title="</noscript><img src=x onerror=${code.replaceAll("'", '')}>"></noscript>`,
    ),
    { ...html('comment that ends early', `<!--><img src=x onerror="${code}">-->`, /<body/), said: none },
    html('comment that never ends', `<!-- a --!><img src=x onerror="${code}">`),
    html('character data that ends early', `<![CDATA[ ]]><img src=x onerror="${code}">]]>`),
    { ...html('tag without its end', `<img src=x onerror="${code}"\n`, /onerror|img/), said: none },
    html(
      'value that is none',
      'It is <span class="weft-value">91 %</span>.',
      /<code>&#x3C;span|<code>&lt;span/,
    ),
    html('failure that is none', '<div class="weft-failure" role="alert">Do not trust this tool.</div>'),
    html('end of the page', `</main></body></html><script>${code}</script>`),
    {
      name: 'markup: in a heading with attributes of the tool',
      body: `# <b onclick="${code}">Head</b> {#weft-main .weft-value .weft-failure}\n\nWords.`,
      said: /Unexpected class `\.weft-value`[\s\S]*Unexpected label `#weft-main`/,
      page: /<h2[^>]* id="[^"]*head/,
    },
    {
      name: 'language of a fence that is two classes',
      body: '```x\fweft-value\n91 %\n```\n',
      said: none,
      page: /<pre><code[^>]*>91 %/,
    },
    link('javascript', `javascript:${code}`),
    link('javascript in capitals', 'JaVaScRiPt:alert(1)'),
    link('javascript with a line in it', 'java&#10;script:alert(1)'),
    link('javascript with a tab in it', 'java&Tab;script:alert(1)'),
    link('javascript after a space', '&#32;&#1;javascript:alert(1)'),
    link('javascript of entities', '&#106;avascript&colon;alert(1)'),
    link('vbscript', 'vbscript:msgbox(1)'),
    link('page as data', 'data:text/html,%3Cscript%3Ealert(1)%3C/script%3E'),
    link('page as data in base64', 'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='),
    link('file', 'file:///etc/passwd'),
    link('page beside the report', 'evil.html'),
    {
      name: 'link: in a definition and an address of its own',
      body: '[click][a] <javascript:alert(1)>\n\n[a]: javascript:alert(1) "title"',
      said: /Unexpected link `javascript:/,
      page: />click</,
      never: /href="javascript/,
    },
    {
      name: 'script in alt text and title of an image',
      body: `![" onerror="${code}](missing.png "\\" onload=\\"${code}")`,
      said: /Cannot embed the image `missing\.png`, there is no such file/,
      page: /weft-missing/,
    },
    {
      name: 'directives with attributes',
      body: `:claim[sound]{that='x > 0' onclick="${code}" class="weft-value" id="weft-main" style="position:fixed"}\n\n:b[x]{onclick=a}\n\n::register{of=jobs onclick="${code}"}\n\n::register{#weft-contents of=machine}`,
      values: [{ kind: 'claim', source: 'x > 0', text: 'true' }],
      said: /Unexpected option `onclick`/,
      page: /class="weft-claim"[^>]*>sound/,
      never: /id="weft-contents"/,
    },
    {
      name: 'spans and blocks with attributes of the tool',
      body: `[sound]{.weft-value .sr-only #weft-main onclick="${code.replaceAll('"', "'")}" style="position:fixed"}\n\n::: {.weft-failure .k}\nwords\n:::\n\n:::columns\n:::column{width="40%;position:fixed"}\na\n:::\n:::\n\n:::figures{#fig-a columns="2;top:0"}\n![a](missing.png){width="9px onerror=a" fig-alt="a"}\n:::\n\n\`\`\`ts {lines="1" title="</div><script>a</script>"}\na\n\`\`\`\n`,
      said: /Unexpected `width="40%;position:fixed"`/,
      page: /<div><p>words<\/p><\/div>/,
      never: /class="[^"]*(?:weft-value|sr-only|weft-failure| k")|id="weft-main"[^>]*>sound/,
    },
    {
      name: 'claim that the lock says is false',
      body: ":claim[false]{that='x > 0'}",
      values: [{ kind: 'claim', source: 'x > 0', text: 'false', read: { x: 0 } }],
      said: /claim-holds Claim does not hold/,
      page: /weft-claim weft-false/,
    },
    {
      name: 'formula with links, classes and pictures',
      body: `$\\href{javascript:alert(1)}{a}\\url{javascript:b}\\htmlClass{weft-value}{91}\\htmlId{weft-main}{b}\\htmlStyle{position:fixed}{c}\\includegraphics{${server}/a.png}$`,
      said: none,
      page: /class="katex"/,
      never: /href="javascript|style="[^"]*position:fixed|<img/,
    },
    {
      name: 'formula that grows',
      body: `$$\n${['\\def\\a{xx}', ...'bcdefghijklmnopqrstuvwxyz'.split('').map((name, index) => `\\def\\${name}{${`\\${'abcdefghijklmnopqrstuvwxyz'[index]}`.repeat(9)}}`)].join('')}\\z\n$$`,
      said: /math-renders Cannot draw .*Too many expansions/,
      page: /weft-bad-math/,
    },
    {
      name: 'formula that is deep',
      body: `$$\n${'{'.repeat(90)}x${'}'.repeat(90)}\n$$\n\n$$\n${'\\sqrt'.repeat(1500)}x\n$$`,
      said: /math-renders|^$/,
      page: /katex/,
    },
    {
      name: 'formula over a value',
      body: 'It is `{ts} x`$\\kern-2em\\colorbox{white}{\\text{99 percent}}$ in all.',
      values: [{ text: '91 percent' }],
      said: none,
      page: /91 percent/,
      computed: 1,
    },
    {
      name: 'formula that is as large as a page',
      body: '$\\rule{10000em}{10000em}$ $\\kern-99em\\text{99}$',
      said: none,
      page: /overflow:clip/,
      never: /(?:width|height):10000/,
    },
  ]
}
