import { onPatch } from './on-patch.ts'
import { unpacked } from './unpack.ts'

/** Runs the program that makes figures live, once one of them comes near: it is most of what a page runs. */
export function loadCharts(): void {
  const program = document.querySelector('script.weft-program')
  if (!program) return
  let isLoaded = false
  const load = () => {
    if (isLoaded) return
    isLoaded = true
    near.disconnect()
    const script = document.createElement('script')
    script.textContent = unpacked(program.textContent ?? '')
    document.body.append(script)
  }
  const near = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) load()
    },
    { rootMargin: '600px' },
  )
  const watch = () => {
    if (isLoaded) return
    for (const { dataset } of document.querySelectorAll<HTMLElement>('script.weft-spec')) {
      const figure = document.getElementById(dataset.figure ?? '')
      if (figure) near.observe(figure)
    }
  }
  watch()
  onPatch(watch)
  document.addEventListener('focusin', ({ target }) => {
    if ((target as Element).closest('.weft-drawing')) load()
  })
}
