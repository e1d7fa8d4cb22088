import { execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

/** A small Slurm cluster on this machine: a controller, and a daemon for each node. */
export interface Cluster {
  /** What the commands of Slurm need to find it. */
  readonly env: NodeJS.ProcessEnv
  readonly nodes: readonly string[]
  /** Processes of the controller and of the nodes' daemons, as they were opened. */
  readonly daemons: readonly number[]
  /** Kills the daemon of a node with all that runs there, as if its power failed. */
  killNode(name: string): void
  /** Lists the processes of jobs on a node. */
  processesOn(name: string): readonly number[]
  close(): Promise<void>
}

const programs = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'scontrol']

/** Says why no cluster can be opened here; undefined if it can. */
export function whyNoCluster(): string | undefined {
  if (process.platform !== 'linux') return 'Slurm runs on Linux'
  if (process.getuid?.() !== 0) return 'only root can start the daemons of Slurm'
  const missing = programs.filter((name) => pathOf(name) === undefined)
  if (missing.length === 0) return undefined
  return `${missing.join(', ')} are not here: \`apt-get install --no-install-recommends slurm-wlm munge\``
}

// The PATH of a user has no folder of daemons.
const searched = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin']

function pathOf(program: string): string | undefined {
  return searched.map((folder) => join(folder, program)).find((path) => existsSync(path))
}

interface ClusterOptions {
  /** Empty folder for its settings, state and logs. */
  readonly folder: string
  readonly nodes?: readonly string[]
  /** Processors of each node, whatever the machine has. */
  readonly processors?: number
}

/**
 * Opens a cluster, without systemd, cgroups or a database. A throw leaves nothing running.
 *
 * @throws if it does not answer within ten seconds
 */
export async function openCluster({
  folder,
  nodes = ['n1', 'n2'],
  processors = 2,
}: ClusterOptions): Promise<Cluster> {
  const ports = await freePorts(nodes.length + 1)
  const conf = join(folder, 'slurm.conf')
  mkdirSync(join(folder, 'state'), { recursive: true })
  writeFileSync(conf, settings({ folder, nodes, processors, ports }))
  const env = { ...process.env, SLURM_CONF: conf, PATH: searched.join(':') }
  const endMunge = await startMunge(env)
  // They are kept, since whoever closes the cluster may have removed the folder before.
  const pids = new Map<string, number>()
  const notePids = () => {
    for (const name of ['slurmctld', ...nodes]) {
      const pid = readPid(join(folder, `${name}.pid`))
      if (pid !== undefined) pids.set(name, pid)
    }
  }
  const on = (name: string) => processesOn(name, conf)
  const kill = (name: string) => killAll([pids.get(name) ?? [], on(name)].flat())
  const close = async () => {
    for (const name of [...nodes, 'slurmctld']) kill(name)
    endMunge()
  }
  try {
    execFileSync(pathOf('slurmctld')!, ['-c'], { env, stdio: 'ignore' })
    for (const name of nodes) execFileSync(pathOf('slurmd')!, ['-c', '-N', name], { env, stdio: 'ignore' })
    await untilIdle(nodes.length, env)
    notePids()
  } catch (cause) {
    notePids()
    await close()
    throw cause
  }
  return { env, nodes, daemons: [...pids.values()], killNode: kill, processesOn: on, close }
}

interface Settings extends Required<ClusterOptions> {
  readonly ports: readonly number[]
}

function settings({ folder, nodes, processors, ports: [controller, ...ports] }: Settings): string {
  const host = hostname().split('.')[0]
  const lines = nodes.map(
    (name, index) =>
      `NodeName=${name} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[index]} CPUs=${processors} RealMemory=4000`,
  )
  return `ClusterName=weft
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdPidFile=${folder}/%n.pid
SlurmdSpoolDir=${folder}/spool-%n
SlurmdLogFile=${folder}/%n.log
StateSaveLocation=${folder}/state
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SchedulerParameters=batch_sched_delay=0
SlurmdTimeout=30
SlurmdParameters=config_overrides
${lines.join('\n')}
PartitionName=all Nodes=${nodes.join(',')} Default=YES State=UP
`
}

// One serves all clusters of a machine, so that one that runs already is left alone.
async function startMunge(env: NodeJS.ProcessEnv): Promise<() => void> {
  const answers = () =>
    promisify(execFile)('munge', ['--no-input'], { env }).then(
      () => true,
      () => false,
    )
  if (await answers()) return () => {}
  execFileSync('install', ['-d', '-o', 'munge', '-g', 'munge', '-m755', '/run/munge'])
  const child = spawn('runuser', ['-u', 'munge', '--', pathOf('munged')!, '--foreground'], {
    env,
    stdio: 'ignore',
  })
  const end = () => void child.kill('SIGTERM')
  for (const until = Date.now() + 10_000; Date.now() < until; await pause(50)) if (await answers()) return end
  end()
  throw new Error('Cannot start munged, it did not answer within 10 s')
}

async function untilIdle(count: number, env: NodeJS.ProcessEnv): Promise<void> {
  let said = ''
  for (const until = Date.now() + 10_000; Date.now() < until; await pause(100)) {
    said = await promisify(execFile)('sinfo', ['--noheader', '--Node', '--format=%t'], { env }).then(
      ({ stdout }) => stdout,
      (error: Error) => error.message,
    )
    if (
      said
        .trim()
        .split('\n')
        .filter((state) => state === 'idle').length === count
    )
      return
  }
  throw new Error(`Cannot start Slurm, expected ${count} idle nodes within 10 s, found ${said}`)
}

/** Lists the processes of jobs on a node: those that know its name, and the daemons of their steps above them. */
function processesOn(name: string, conf: string): number[] {
  const all = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  // Nodes of another cluster on this machine have the same names.
  const wanted = [`SLURMD_NODENAME=${name}`, `SLURM_CONF=${conf}`]
  const own = all.filter((pid) => {
    const variables = textOf(`/proc/${pid}/environ`).split('\0')
    return wanted.every((one) => variables.includes(one))
  })
  const parents = own.map((pid) => /^PPid:\t(\d+)$/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? '')
  const steps = parents.filter((pid) => textOf(`/proc/${pid}/cmdline`).startsWith('slurmstepd'))
  return [...new Set([...steps, ...own])].map(Number)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function readPid(path: string): number | undefined {
  const pid = Number(textOf(path))
  return pid > 0 ? pid : undefined
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
