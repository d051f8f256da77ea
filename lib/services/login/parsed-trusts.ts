import { toTrust } from '@/lib/db/trust-row'
import type { Trust } from '@/lib/trust/trust'

/** How many parsed trusts a process keeps. */
const keptMax = 1_000

const kept = new Map<string, Trust>()

/**
 * A trust as the domain knows it, parsed once per version, so that its keys are imported once too. The row is read at
 * every login, so a change counts from the moment it is committed.
 */
export function parsedTrust(row: Parameters<typeof toTrust>[0]): Trust {
  const key = `${row.id} ${row.version}`
  const trust = kept.get(key) ?? toTrust(row)
  // Moved to the end: the first is the one that was not used for longest.
  kept.delete(key)
  kept.set(key, trust)
  if (kept.size > keptMax) kept.delete(kept.keys().next().value ?? '')
  return trust
}
