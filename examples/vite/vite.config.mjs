import mdx from '@mdx-js/rollup'
import rehypeKatex from 'rehype-katex'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { defineConfig } from 'vite'
import weft from 'weft/remark'

export default defineConfig({
  plugins: [
    {
      enforce: 'pre',
      ...mdx({
        remarkPlugins: [remarkGfm, remarkMath, remarkDirective, weft],
        rehypePlugins: [rehypeKatex],
      }),
    },
  ],
})
