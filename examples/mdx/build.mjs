import { writeFile } from 'node:fs/promises'
import { evaluate } from '@mdx-js/mdx'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import * as runtime from 'react/jsx-runtime'
import rehypeKatex from 'rehype-katex'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { read } from 'to-vfile'
import weft from 'weft/remark'

const { default: Post } = await evaluate(await read('post.mdx'), {
  ...runtime,
  baseUrl: import.meta.url,
  remarkPlugins: [remarkGfm, remarkMath, remarkDirective, weft],
  rehypePlugins: [rehypeKatex],
})
await writeFile('post.html', renderToStaticMarkup(createElement(Post)))
