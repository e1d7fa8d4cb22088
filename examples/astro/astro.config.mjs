import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'
import rehypeKatex from 'rehype-katex'
import remarkDirective from 'remark-directive'
import remarkMath from 'remark-math'
import weft from 'weft/remark'

export default defineConfig({
  markdown: { remarkPlugins: [remarkMath, remarkDirective, weft], rehypePlugins: [rehypeKatex] },
  integrations: [mdx()],
})
