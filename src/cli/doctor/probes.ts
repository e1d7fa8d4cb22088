import type { BrowserFacts, BrowserWish } from './browser-facts.ts'
import type { EngineFacts, EngineWish } from './engine-facts.ts'
import type { ProofFacts } from './proof-facts.ts'
import type { ReportFacts, ReportWish } from './report-facts.ts'

/** What runs in the process of a probe. Each loads only what it needs. */
export const probes = {
  engine: async (wish: EngineWish): Promise<EngineFacts> =>
    (await import('./engine-facts.ts')).readEngineFacts(wish),
  proof: async (wish: EngineWish): Promise<ProofFacts> => (await import('./proof-facts.ts')).readProof(wish),
  browser: async (wish: BrowserWish): Promise<BrowserFacts> =>
    (await import('./browser-facts.ts')).readBrowserFacts(wish),
  report: async (wish: ReportWish): Promise<ReportFacts> =>
    (await import('./report-facts.ts')).readReportFacts(wish),
  bundler: async (): Promise<{ readonly version: string }> => {
    const { transform, version } = await import('esbuild')
    await transform('export const one: number = 1', { loader: 'ts' })
    return { version }
  },
}

export type Probes = typeof probes
export type ProbeName = keyof Probes
