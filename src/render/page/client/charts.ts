import { chartBox } from './chart-box.ts'

// Makes the figures of the page interactive, each when it comes near. Loaded where a page has charts.
const waiting = new Map<Element, () => Promise<void>>()
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) start(target)
  },
  { rootMargin: '300px' },
)
for (const script of document.querySelectorAll<HTMLScriptElement>('script.weft-spec')) {
  const box = document.querySelector(`#${CSS.escape(script.dataset.figure ?? '')}>.weft-drawing`)
  if (!box) continue
  waiting.set(box, chartBox(box as HTMLElement, script))
  near.observe(box)
  for (const event of ['pointerenter', 'focusin'])
    box.addEventListener(event, () => start(box), { once: true })
}

function start(box: Element): void {
  const draw = waiting.get(box)
  waiting.delete(box)
  near.unobserve(box)
  void draw?.()
}
