import { writeFile } from 'node:fs/promises'
import rehypeKatex from 'rehype-katex'
import rehypeStringify from 'rehype-stringify'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { read } from 'to-vfile'
import { unified } from 'unified'
import { reporter } from 'vfile-reporter'
import weft from 'weft/remark'

const file = await unified()
  .use(remarkParse)
  .use([remarkGfm, remarkMath, remarkDirective, weft])
  .use(remarkRehype)
  .use(rehypeKatex)
  .use(rehypeStringify)
  .process(await read('post.md'))
console.error(reporter(file))
await writeFile('post.html', String(file))
