import 'katex/dist/katex.min.css'
import 'weft/style.css'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import Post from './post.mdx'

createRoot(document.getElementById('post')).render(createElement(Post))
