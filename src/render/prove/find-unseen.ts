/** Something on the page that a reader does not see, or not whole. */
export interface Unseen {
  /** Of a value or claim. */
  readonly id?: string
  /** Of the figure, table or cell that it stands in, or else of the last heading with an id before it. */
  readonly label?: string
  readonly text: string
  /** What is wrong with it: `is covered`. */
  readonly what: string
}

/** Limits of what counts as seen; lengths in CSS pixels. */
export interface Sight {
  /** Of the text on a printed page, and of the margins beside it. */
  readonly widthPx: number
  readonly marginPx: number
  readonly leastTypePx: number
  readonly leastContrast: number
  readonly leastOpacity: number
}

/**
 * Looks at every value, claim, cell of a table, caption and other output of the loaded page, and lists those of which
 * some words are not displayed, hidden, clipped, covered, off the page, too small or of the colour of what is behind
 * them. Runs in the page, hence whole in itself; changes nothing but how far it is scrolled.
 */
export function findUnseen(sight: Sight): Unseen[] {
  const targets = '[data-value],[data-cell],main :is(td,th),figcaption,.weft-equation .tag'
  const left = '.katex-mathml,svg,script,style'
  interface Look {
    readonly opacity: number
    readonly hides: string
    readonly ground: readonly number[]
    readonly clips: readonly Element[]
  }
  interface Box {
    readonly node: Text
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
  }
  // Methods, since what bundles this would give functions of their own a name that the page does not know.
  const see = {
    looks: new Map<Element, Look>(),
    styles: new Map<Element, CSSStyleDeclaration>(),
    style(element: Element): CSSStyleDeclaration {
      const style = see.styles.get(element) ?? getComputedStyle(element)
      see.styles.set(element, style)
      return style
    },
    colour(value: string): number[] {
      const parts = value.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]
      return value.startsWith('color(')
        ? [255 * parts[0]!, 255 * parts[1]!, 255 * parts[2]!, parts[3] ?? 1]
        : parts
    },
    over([red = 0, green = 0, blue = 0, alpha = 1]: readonly number[], ground: readonly number[]): number[] {
      return [red, green, blue].map((part, index) => part * alpha + ground[index]! * (1 - alpha))
    },
    light(colour: readonly number[]): number {
      const [red, green, blue] = colour.map((part) => {
        const share = part / 255
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
    },
    contrast(one: readonly number[], other: readonly number[]): number {
      const [dark = 0, light = 0] = [see.light(one), see.light(other)].sort((a, b) => a - b)
      return (light + 0.05) / (dark + 0.05)
    },
    // What an element has of its own and of all that it stands in.
    look(element: Element): Look {
      const known = see.looks.get(element)
      if (known) return known
      const parent = element.parentElement
      const outer: Look = parent
        ? see.look(parent)
        : { opacity: 1, hides: '', ground: [255, 255, 255], clips: [] }
      const style = see.style(element)
      const isRoot = element === document.documentElement || element === document.body
      const clips =
        style.overflowX !== 'visible' ||
        style.overflowY !== 'visible' ||
        /paint|strict|content/.test(style.contain)
      const look = {
        opacity: outer.opacity * Number(style.opacity),
        hides: outer.hides || see.hiding(style),
        ground: see.over(see.colour(style.backgroundColor), outer.ground),
        clips: clips && !isRoot && style.display !== 'inline' ? [...outer.clips, element] : outer.clips,
      }
      see.looks.set(element, look)
      return look
    },
    hiding(style: CSSStyleDeclaration): string {
      if (style.clipPath !== 'none' || style.clip !== 'auto') return 'is clipped'
      if (style.maskImage !== 'none' && style.maskImage !== '') return 'is masked'
      if (style.filter !== 'none') return 'is filtered'
      return style.contentVisibility === 'hidden' ? 'is hidden' : ''
    },
    boxes(node: Text): Box[] {
      const range = document.createRange()
      range.selectNodeContents(node)
      return [...range.getClientRects()]
        .filter(({ width, height }) => width > 0 && height > 0)
        .map(({ left, right, top, bottom }) => ({
          node,
          left: left + scrollX,
          right: right + scrollX,
          top: top + scrollY,
          bottom: bottom + scrollY,
        }))
    },
    // What is wrong with a text by its own style and that of what it stands in; nothing of what lies over it.
    fault(node: Text, boxes: readonly Box[]): string {
      const parent = node.parentElement!
      const style = see.style(parent)
      const { opacity, hides, ground, clips } = see.look(parent)
      if (style.visibility !== 'visible') return 'is invisible'
      if (boxes.length === 0) return 'is not displayed'
      if (hides) return hides
      if (opacity < sight.leastOpacity) return `has an opacity of ${opacity}`
      const size = Math.min(
        Number.parseFloat(style.fontSize),
        ...boxes.map(({ top, bottom }) => bottom - top),
      )
      if (size < sight.leastTypePx) return `is set in type of ${Math.round(size * 100) / 100} px`
      const colours = [style.color, style.webkitTextFillColor].map((one) => see.over(see.colour(one), ground))
      const contrast = Math.min(...colours.map((colour) => see.contrast(colour, ground)))
      if (contrast < sight.leastContrast)
        return `has a contrast of ${contrast.toFixed(1)} to what is behind it`
      if (
        boxes.some(
          (box) =>
            box.left < -sight.marginPx || box.right > sight.widthPx + sight.marginPx || box.bottom <= 0,
        )
      )
        return 'does not fit on the page'
      return boxes.some((box) => clips.some((clip) => see.cuts(clip, box))) ? 'is clipped' : ''
    },
    // The box of a line is higher than its letters.
    cuts(clip: Element, { left, right, top, bottom }: Box): boolean {
      const area = clip.getBoundingClientRect()
      const slack = (bottom - top) / 4
      const [x, y] = [scrollX, scrollY]
      return (
        left < area.left + x - 1 ||
        right > area.right + x + 1 ||
        top < area.top + y - slack ||
        bottom > area.bottom + y + slack
      )
    },
    isCovered({ node, left, right, top, bottom }: Box): boolean {
      const y = (top + bottom) / 2
      if (y < scrollY || y > scrollY + innerHeight - 1) scrollTo(0, Math.max(0, top - 20))
      const points = [left + 1, (left + right) / 2, right - 1]
      return points.some((x) => {
        for (const element of document.elementsFromPoint(
          Math.min(innerWidth - 1, Math.max(0, x)),
          y - scrollY,
        )) {
          if (element.contains(node)) return false
          if (see.isOpaque(element)) return true
        }
        return false
      })
    },
    isOpaque(element: Element): boolean {
      if (/^(img|canvas|video|iframe|embed|object)$/i.test(element.tagName)) return true
      const style = see.style(element)
      if (Number(style.opacity) < 0.3) return false
      return (see.colour(style.backgroundColor)[3] ?? 1) > 0.3 || style.backgroundImage !== 'none'
    },
    labelOf(element: Element): string | undefined {
      const own = element.closest<HTMLElement>('[data-cell],figure[id],.weft-equation[id]')
      if (own) return own.dataset.cell ?? own.id
      const before = [...document.querySelectorAll(':is(h1,h2,h3,h4,h5,h6)[id]')].filter(
        (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
      )
      return before.at(-1)?.id
    },
    told(target: Element, node: Text, what: string): Unseen {
      const value = node.parentElement?.closest<HTMLElement>('[data-value]')
      const words = value ?? target
      return {
        ...(value ? { id: value.dataset.value! } : {}),
        label: see.labelOf(target),
        text: (words.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 60),
        what,
      }
    },
  }
  // 1. Each text once, with the innermost element that makes it count.
  const texts = new Map<Text, Element>()
  for (const target of document.querySelectorAll(targets)) {
    const walker = document.createTreeWalker(target, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (/[^\s\u200B\u2060\uFEFF]/.test(node.textContent ?? '') && !node.parentElement!.closest(left))
        texts.set(node as Text, target)
  }
  // 2. What can be told without scrolling.
  const found = new Map<Element, Unseen>()
  const seen: { readonly target: Element; readonly box: Box }[] = []
  for (const [node, target] of texts) {
    const boxes = see.boxes(node)
    const what = see.fault(node, boxes)
    if (what === '') seen.push(...boxes.map((box) => ({ target, box })))
    else if (!found.has(target)) found.set(target, see.told(target, node, what))
  }
  // 3. What lies over it, down the page.
  for (const { target, box } of seen.sort((a, b) => a.box.top - b.box.top))
    if (!found.has(target) && see.isCovered(box)) found.set(target, see.told(target, box.node, 'is covered'))
  scrollTo(0, 0)
  return [...found.values()]
}
