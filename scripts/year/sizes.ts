/** What a row of a table takes with its share of the indexes, in bytes. */
export type RowSize = { table: number; indexes: number }

/** An entry of the evidence log is kept when its record is removed. */
export type Sizes = { decision: RowSize; accessToken: RowSize; entry: RowSize }

export type Load = {
  /** Logins a second, all year round. */
  loginsPerSecond: number
  /** Part of them that is refused, 0 to 1. A refused login has a decision and no token. */
  refusedShare: number
  /** How long rows are kept, in days; tokens beyond the end of their life. */
  acceptedDays: number
  refusedDays: number
  tokenDays: number
  /** Life of a token, in seconds. */
  tokenSeconds: number
}

export type Held = { what: string; rows: number; tableBytes: number; indexBytes: number }

const daySeconds = 86_400
const yearDays = 365

/** Rows and bytes that are there at the end of a year, when the oldest have been removed for their age. */
export function heldAfterAYear(load: Load, { decision, accessToken, entry }: Sizes): Held[] {
  const perDay = load.loginsPerSecond * daySeconds
  const kept = (days: number) => perDay * Math.min(days, yearDays)
  const accepted = kept(load.acceptedDays) * (1 - load.refusedShare)
  const refused = kept(load.refusedDays) * load.refusedShare
  const tokens = kept(load.tokenDays + load.tokenSeconds / daySeconds) * (1 - load.refusedShare)
  const held = (what: string, rows: number, { table, indexes }: RowSize): Held => ({
    what,
    rows: Math.round(rows),
    tableBytes: Math.round(rows * table),
    indexBytes: Math.round(rows * indexes),
  })
  return [
    held('decisions, accepted', accepted, decision),
    held('decisions, refused', refused, decision),
    held('access tokens', tokens, accessToken),
    held('entries of the evidence log', kept(yearDays), entry),
  ]
}

/** In any currency. */
export type Prices = {
  /** Of a gigabyte of disk, a month. */
  gigabyte: number
  /** Of a core, a month. */
  core: number
}

/**
 * What the last month of the year costs: the disk of the primary, and the cores of servers and database.
 * @param cpuMs of one login, servers and database together (docs/performance.md)
 * @param busy how busy the cores are on average, 0 to 1
 */
export function costOfAMonth(
  { loginsPerSecond }: Pick<Load, 'loginsPerSecond'>,
  held: readonly Held[],
  { cpuMs, busy, prices }: { cpuMs: number; busy: number; prices: Prices },
) {
  const gigabytes = held.reduce((sum, { tableBytes, indexBytes }) => sum + tableBytes + indexBytes, 0) / 1e9
  const cores = Math.ceil((loginsPerSecond * cpuMs) / 1000 / busy)
  return { gigabytes, cores, disk: gigabytes * prices.gigabyte, processors: cores * prices.core }
}

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** `1.5 TB`; a kilobyte is 1000 bytes, as disks are sold. */
export function bytesText(bytes: number): string {
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  const value = bytes / 1000 ** at
  return `${value >= 100 || at === 0 ? Math.round(value) : value.toFixed(1)} ${units[at]}`
}
