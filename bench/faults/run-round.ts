import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { StoredResult } from '../../src/render/model/types.ts'
import { seededRandom } from '../../src/statistics/random.ts'
import { type Ended, startWeft } from './command.ts'
import { acceptedIn, differingFiles, missingAccepted, pathsIn, storedIn, wrongNumbers } from './compare.ts'
import type { Calm, Disturbed, Fault } from './fault.ts'
import { mountDisk, mounts, unmount } from './machine.ts'
import { leftOf, send } from './processes.ts'
import { type Place, placeIn } from './project.ts'
import type { Undisturbed } from './undisturbed.ts'

/** What came of a round. */
export interface Outcome {
  readonly seed: number
  readonly fault: string
  /** What was done. */
  readonly notes: readonly string[]
  /** How the disturbed command ended. */
  readonly disturbed: 'succeeded' | 'said why' | 'was ended'
  /** Jobs of eight that were stored when the next command began, and those that it ran. */
  readonly stored: number
  readonly ran: number
  /** What must not be. */
  readonly faults: readonly string[]
  readonly elapsedMs: number
}

/** Disturbs one command in a copy of a project, then runs the next one, which must end as if nothing had happened. */
export async function runRound(
  fault: Fault,
  seed: number,
  undisturbed: Undisturbed,
  folder: string,
): Promise<Outcome> {
  const startedAt = performance.now()
  const random = seededRandom(seed)
  const notes: string[] = []
  const place = placeIn(join(folder, `round-${seed}`))
  const state = fault.states[random.below(fault.states.length)]!
  const calm: Calm = { place, random, note: (text) => void notes.push(text) }
  const onDisk = fault.name === 'fill the disk'
  let isMended = false
  try {
    openPlace(place, undisturbed.places[state], onDisk)
    notes.push(state)
    const first = await disturb(fault, calm, undisturbed)
    if (endOf(first) === 'said why') notes.push(`said: ${reasonIn(first.text)}`)
    const faults = [...faultsOf(first, fault), ...(await judgeRest(place, fault))]
    await fault.mend?.(calm)
    isMended = true
    const before = [pathsIn(place).freeze, join(pathsIn(place).cache, 'freeze')].map(storedIn)
    const stored = new Map(before.flatMap(({ whole }) => [...whole]))
    ranIn(place)
    const next = await startWeft(place, [fault.command, '--jobs', '2'], undisturbed.limits).ended
    const ran = ranIn(place)
    faults.push(...judgeNext(next), ...againOf(ran, stored, undisturbed))
    if (next.code === 0) faults.push(...(await judgeResult(place, fault, undisturbed)))
    return {
      ...{ seed, fault: fault.name, notes, disturbed: endOf(first), faults },
      stored: [...stored.values()].filter(({ provenance }) => provenance.job).length,
      ran: ran.filter((line) => line.startsWith('begun')).length,
      elapsedMs: performance.now() - startedAt,
    }
  } finally {
    if (!isMended) await fault.mend?.(calm)
    if (onDisk) unmount(place.folder)
    rmSync(place.box, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

function openPlace(place: Place, original: Place, onDisk: boolean): void {
  mkdirSync(join(place.box, 'tmp'), { recursive: true })
  mkdirSync(place.folder)
  if (onDisk && mounts()) mountDisk(place.folder)
  cpSync(original.folder, place.folder, { recursive: true, verbatimSymlinks: true })
}

async function disturb(fault: Fault, calm: Calm, { limits, times }: Undisturbed): Promise<Ended> {
  const { place, random, note } = calm
  await fault.prepare?.(calm)
  const settings = { ...limits, ...fault.settings?.(calm) }
  const start: Disturbed['start'] = (args, env) => startWeft(place, args, { ...limits, env })
  const running = startWeft(place, [fault.command, '--jobs', '2', ...(fault.args ?? [])], settings)
  if (fault.strike) {
    note(await untilMoment({ place, random, running }, times[fault.command]))
    await fault.strike({ ...calm, running, start })
  }
  return running.ended
}

// Half of the rounds wait for the first cell: printing takes longer than all jobs, and much less can go wrong there.
async function untilMoment(
  { place, random, running }: Pick<Disturbed, 'place' | 'random' | 'running'>,
  timeMs: number,
): Promise<string> {
  const isAmongJobs = random.below(2) === 0
  const trace = join(place.box, 'trace.txt')
  while (isAmongJobs && running.isRunning() && !existsSync(trace)) await pause(5)
  const ms = random.uniform(0, isAmongJobs ? 1_000 : timeMs)
  await Promise.race([pause(ms), running.ended])
  return `${Math.round(ms)} ms after ${isAmongJobs ? 'the first cell' : 'its start'}`
}

function endOf({ code, signal }: Ended): Outcome['disturbed'] {
  if (code === 0) return 'succeeded'
  return code === null || signal !== null || code === 130 ? 'was ended' : 'said why'
}

// The first line that names a fault.
function reasonIn(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const telling = lines.find((line) => /^weft:| error |failed/.test(line)) ?? lines.at(-1) ?? ''
  const next = lines[lines.indexOf(telling) + 1] ?? ''
  return `${telling} ${telling.endsWith('Tried:') ? next : ''}`.replace(/\s+/g, ' ').trim().slice(0, 240)
}

function faultsOf(ended: Ended, { isHarmless }: Fault): string[] {
  const { hung, code, text } = ended
  if (hung) return [`the disturbed command hung: ${hung.join('; ')}\n${text}`]
  if (isHarmless && code !== 0) return [`the disturbed command failed with ${code}: ${text}`]
  const isSilent = endOf(ended) === 'said why' && text.trim() === ''
  return isSilent ? ['the disturbed command failed without a word'] : []
}

// What holds at once, before anything is mended: nobody is left, no result is torn, each locked result is there.
async function judgeRest(place: Place, fault: Fault): Promise<string[]> {
  const left = await leftOf(place.box, 10_000)
  for (const { pid } of left) send(pid, 'SIGKILL')
  const faults = left.map(({ pid, command }) => `process ${pid} is left: ${command.slice(0, 100)}`)
  if (fault.name.startsWith('damage')) return faults
  const paths = pathsIn(place)
  for (const folder of [paths.freeze, join(paths.cache, 'freeze')])
    faults.push(...storedIn(folder).damaged.map((what) => `a torn result: ${what}`))
  return [...faults, ...missingAccepted(place).map((key) => `the lock names ${key}, which is not there`)]
}

function judgeNext({ code, text, hung }: Ended): string[] {
  if (hung) return [`the next command hung: ${hung.join('; ')}\n${text}`]
  return code === 0 ? [] : [`the next command failed with ${code}: ${text}`]
}

// What was stored whole before the next command must not be computed by it.
function againOf(
  ran: readonly string[],
  stored: ReadonlyMap<string, StoredResult>,
  { cells }: Undisturbed,
): string[] {
  const jobs = [...stored.values()].flatMap(({ provenance: { job } }) => (job ? [`begun ${job.seed}`] : []))
  const done = Object.entries(cells)
    .filter(([, key]) => stored.get(key)?.provenance.jobs?.every((job) => stored.has(job)) ?? false)
    .map(([label]) => `cell ${label}`)
  return [...jobs, ...done]
    .filter((line) => ran.includes(line))
    .map((line) => `computed again although it was stored: ${line}`)
}

async function judgeResult(place: Place, { command }: Fault, undisturbed: Undisturbed): Promise<string[]> {
  const { expected, accepted, stored } = undisturbed
  const faults = differingFiles(place, expected).map((name) => `${name} has other bytes`)
  faults.push(...wrongNumbers(storedIn(join(pathsIn(place).cache, 'freeze')), stored))
  if (command === 'accept' && acceptedIn(place) !== accepted) faults.push('accept keeps something else')
  const left = await leftOf(place.box, 10_000)
  return [...faults, ...left.map((row) => `process ${row.pid} is left: ${row.command.slice(0, 100)}`)]
}

function ranIn({ box }: Place): string[] {
  const trace = join(box, 'trace.txt')
  const lines = existsSync(trace) ? readFileSync(trace, 'utf8').split('\n').filter(Boolean) : []
  rmSync(trace, { force: true })
  return lines
}
