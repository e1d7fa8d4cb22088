import { backLinks } from './back-links.ts'
import { citeThis } from './cite-this.ts'
import { codeColours } from './code-colours.ts'
import { contentsBehaviour } from './contents-behaviour.ts'
import { copyButtons } from './copy-buttons.ts'
import { element, targetOf } from './element.ts'
import { loadCharts } from './load-charts.ts'
import { originCards } from './origin-cards.ts'
import { outputData } from './output-data.ts'
import { permalinks } from './permalinks.ts'
import { referencePreviews } from './reference-previews.ts'
import { rovingContents } from './roving.ts'
import { reachableScrollers } from './scrollers.ts'
import { skipLinks } from './skip-links.ts'
import { themeChoice } from './theme-choice.ts'
import { words } from './words.ts'

// What every page can do on a screen. Runs at the end of the page, when all of it is there.
const bar = element('div', { className: 'weft-bar', role: 'region', 'aria-label': words.page })
document.querySelector('.weft-skip')?.after(bar)
contentsBehaviour(bar)
themeChoice(bar)
originCards(bar)
citeThis(bar)
copyButtons()
skipLinks()
rovingContents()
permalinks()
backLinks()
referencePreviews()
openCode()
codeColours()
outputData()
loadCharts()
reachableScrollers()

/** Unfolds the code that a link leads to, hidden or not, where the browser does not do so itself. */
function openCode(): void {
  const open = () => {
    const target = targetOf(location.hash)
    const fold = target?.closest('details')
    if (!fold || (fold.open && !fold.hidden)) return
    fold.hidden = false
    fold.open = true
    target!.scrollIntoView()
  }
  addEventListener('hashchange', open)
  // A second press of the same link changes no hash.
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest(':is(.weft-links,.weft-card) a[href^="#"]')) setTimeout(open)
  })
  open()
}
