import type { Places } from './places.ts'
import { codeOf } from './places.ts'
import type { Hostile } from './untrusted-report.ts'

const bar = {
  mark: 'bar',
  data: { values: [{ a: 1, b: 2 }] },
  encoding: { x: { field: 'a', type: 'quantitative' }, y: { field: 'b', type: 'quantitative' } },
}

/** Specifications of figures that ask, run, grow or pretend. */
export function figureCases(places: Places): Hostile[] {
  const { server, outside } = places
  const code = codeOf(places)
  const figure = (name: string, spec: object, said: RegExp, page = /weft-failure/): Hostile => ({
    name: `figure: ${name}`,
    shown: { 'fig-a': [{ kind: 'figure', spec, alt: 'A figure' }] },
    said,
    page,
  })
  const stored = /report-is-harmless Cannot use the stored result/
  const drawing = /(?:report-is-harmless|output-renders) Cannot draw `#fig-a`/
  return [
    figure('data of the network', { ...bar, data: { url: `${server}/data.json` } }, stored, /<body/),
    figure('data of a file', { ...bar, data: { url: `file://${outside}/secret.json` } }, stored, /<body/),
    figure(
      'data of the network in a lookup',
      {
        ...bar,
        transform: [{ lookup: 'a', from: { data: { url: `${server}/l.json` }, key: 'a', fields: ['c'] } }],
      },
      stored,
      /<body/,
    ),
    figure(
      'data of the network, hidden from the check',
      { ...bar, datasets: { a: { url: `${server}/d.json` } }, data: { name: 'a' } },
      drawing,
    ),
    figure(
      'data of the network in vega',
      { marks: [{ type: 'rect' }], data: [{ name: 'a', url: `${server}/v.json` }] },
      stored,
      /<body/,
    ),
    figure(
      'rows without end in vega',
      {
        marks: [{ type: 'rect' }],
        data: [{ name: 'a', transform: [{ type: 'sequence', start: 0, stop: 1e12 }] }],
      },
      drawing,
    ),
    figure(
      'pictures of the network',
      { mark: { type: 'image', url: `${server}/a.png`, width: 9, height: 9 }, data: { values: [{}] } },
      drawing,
    ),
    figure(
      'pictures of files',
      {
        mark: { type: 'image', width: 9, height: 9 },
        encoding: { url: { field: 'u', type: 'nominal' } },
        data: { values: [{ u: `file://${outside}/secret.png` }] },
      },
      drawing,
    ),
    figure(
      'pictures that are drawings',
      {
        mark: { type: 'image', url: 'data:image/svg+xml;base64,PHN2Zy8+', width: 9, height: 9 },
        data: { values: [{}] },
      },
      drawing,
    ),
    figure(
      'links that run',
      { ...bar, encoding: { ...bar.encoding, href: { value: `javascript:${code}` } } },
      drawing,
    ),
    figure(
      'links',
      { ...bar, encoding: { ...bar.encoding, href: { value: 'https://example.org/' } } },
      /^$/,
      /<a xlink:href="https:\/\/example\.org\/"/,
    ),
    figure(
      'expressions that are code',
      {
        ...bar,
        transform: [
          { calculate: `datum.constructor.constructor("${code.replaceAll('"', "'")}")()`, as: 'b' },
        ],
      },
      /Cannot draw|^$/,
      /<body/,
    ),
    figure(
      'expressions that reach prototypes',
      {
        ...bar,
        transform: [{ calculate: "[]['constructor']['constructor']('return process')().exit()", as: 'b' }],
      },
      /Cannot draw|^$/,
      /<body/,
    ),
    figure(
      'expressions that are no expressions',
      { ...bar, transform: [{ filter: `process.exit(1) || (() => {${code}})()` }] },
      drawing,
    ),
    figure(
      'parameters with events',
      {
        ...bar,
        params: [
          { name: 'p', value: 1, bind: { input: 'range', element: 'body' }, expr: 'warn(1)' },
          { name: 's', select: { type: 'point', on: 'load' } },
        ],
      },
      /is drawn, but Vega warns: EXPRESSION 1$/,
      /<body/,
    ),
    figure(
      'words with markup',
      {
        ...bar,
        title: `</text></svg><script>${code}</script>`,
        encoding: {
          ...bar.encoding,
          x: { field: 'a', type: 'nominal', title: '<img src=x onerror=alert(1)>' },
        },
      },
      // How small depends on the length of the path in the title.
      /is drawn, but its smallest type has [34]\.\d pt/,
      /&lt;\/svg/,
    ),
    figure(
      'rows with the end of a script',
      {
        ...bar,
        data: { values: [{ a: '</script><script>alert(1)</script>', b: 2 }] },
        encoding: { ...bar.encoding, x: { field: 'a', type: 'nominal' } },
      },
      /^$/,
      /<svg/,
    ),
    figure('colours that load', { ...bar, mark: { type: 'bar', color: `url(${server}/paint#a)` } }, drawing),
    figure('fonts with styles', { ...bar, config: { font: `a;background:url(${server}/f)` } }, drawing),
    figure('names of the tool', { ...bar, name: 'weft-value' }, /Cannot draw|^$/, /<body/),
    figure('rows out of nothing', { ...bar, data: { sequence: { start: 0, stop: 1e9, as: 'a' } } }, drawing),
    figure(
      'rows out of a few',
      { ...bar, transform: [{ density: 'a', steps: 1e9, extent: [0, 1] }] },
      drawing,
    ),
    figure('sides of a million', { ...bar, width: 1e6, height: 1e6 }, drawing),
    figure(
      'sides of a million, computed',
      { ...bar, width: { step: 1e6 }, encoding: { x: { field: 'a', type: 'nominal' } } },
      drawing,
    ),
    figure(
      'hundreds of ticks',
      {
        ...bar,
        encoding: {
          ...bar.encoding,
          x: {
            field: 'a',
            type: 'quantitative',
            axis: { values: Array.from({ length: 500 }, (_, index) => index) },
          },
        },
      },
      /Cannot draw|^$/,
      /<body/,
    ),
    figure(
      'other than a specification',
      { mark: { type: 'constructor' }, data: { values: 'a' }, encoding: { x: null } },
      drawing,
    ),
    figure(
      'rows that are none',
      { ...bar, data: { values: [null, 1, 'a', [], { a: {} }] } },
      /Cannot draw|^$/,
      /<body/,
    ),
    figure(
      'fields that every object has',
      {
        ...bar,
        encoding: {
          x: { field: 'constructor', type: 'nominal' },
          y: { field: '__proto__', type: 'nominal' },
        },
      },
      /Cannot draw|^$/,
      /<body/,
    ),
    {
      ...figure('alt text and caption with markup', bar, /Unexpected link/, /aria-label="&quot;/),
      shown: {
        'fig-a': [
          {
            kind: 'figure',
            spec: bar,
            alt: `"><script>${code}</script>`,
            caption: `<b>a</b> [b](javascript:alert(1))`,
          },
        ],
      },
    },
  ]
}
