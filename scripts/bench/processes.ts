import { readdirSync, readFileSync } from 'node:fs'

/** What a process and its descendants have used so far. */
export type Used = { cpuMs: number; rssBytes: number }

/** Linux counts CPU time in hundredths of a second. */
const tickMs = 10

/** Reads what a process and all its descendants have used, the ended ones included; null where there is no /proc. */
export function usedBy(rootPid: number): Used | null {
  if (process.platform !== 'linux') return null
  const all = allProcesses()
  const used: Used = { cpuMs: 0, rssBytes: 0 }
  const add = (pid: number) => {
    const found = all.get(pid)
    if (!found) return
    used.cpuMs += found.ticks * tickMs
    used.rssBytes += rssOf(pid)
    for (const [child, { parent }] of all) if (parent === pid) add(child)
  }
  add(rootPid)
  return used
}

/** The process that started a process; null where there is no /proc. */
export function parentOf(pid: number): number | null {
  return process.platform === 'linux' ? (allProcesses().get(pid)?.parent ?? null) : null
}

type Listed = { parent: number; ticks: number }

function allProcesses(): Map<number, Listed> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const listed = pids.flatMap((name) => {
    const stat = readStat(`/proc/${name}/stat`)
    return stat ? [[Number(name), stat] as const] : []
  })
  return new Map(listed)
}

/** A process may end while it is read. */
function readStat(file: string): Listed | null {
  try {
    return parseStat(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** Parent and CPU time of a line of /proc/<pid>/stat; user and system time of ended children that were waited for count. */
export function parseStat(text: string): Listed {
  // The name of the program comes second, in parentheses, and may hold blanks and parentheses itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
  return { parent: Number(fields[1]), ticks }
}

function rssOf(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}
