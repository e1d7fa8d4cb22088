import { contentsBehaviour } from './contents-behaviour.ts'
import { copyButtons } from './copy-buttons.ts'
import { liveRegion } from './live-region.ts'
import { openCode } from './open-code.ts'
import { originCards } from './origin-cards.ts'
import { reachableScrollers } from './reachable-scrollers.ts'
import { themeToggle } from './theme-toggle.ts'

// What every page can do on a screen. Runs at the end of the page, when all of it is there.
const bar = document.createElement('div')
bar.className = 'weft-bar'
bar.setAttribute('role', 'region')
bar.setAttribute('aria-label', 'Page')
document.querySelector('.weft-skip')?.after(bar)
contentsBehaviour(bar)
themeToggle(bar)
originCards(bar)
copyButtons(liveRegion())
openCode()
reachableScrollers()
