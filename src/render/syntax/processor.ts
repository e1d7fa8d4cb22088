import remarkDirective from 'remark-directive'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { remarkDollarMath } from './dollar-math.ts'
import { remarkEquationFence } from './equation-fence.ts'

/** The Markdown that reports are written in: CommonMark, GFM, mathematics and directives. */
export function markdownProcessor() {
  return unified()
    .use(remarkParse)
    .use(remarkFrontmatter, ['yaml'])
    .use(remarkGfm)
    .use(remarkMath)
    .use(remarkDollarMath)
    .use(remarkEquationFence)
    .use(remarkDirective)
    .freeze()
}
