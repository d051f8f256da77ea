import { z } from 'zod'
import { incidentStates, noteCharactersMax } from './incident-facts'

export * from './incident-facts'

export const IncidentState = z.enum(incidentStates)
export type IncidentState = z.output<typeof IncidentState>

/**
 * A gap of this length between two refusals of one cause parts incidents: a day and a quarter, so that a job which fails every night
 * is one incident, also where a run is late.
 */
export const incidentGapMs = 30 * 3_600_000

/** Addresses that an incident lists, with their counts. Those that come first are listed; more are only known to be there. */
export const addressesMax = 100
export const Addresses = z.object({
  listed: z.array(z.object({ ip: z.string().max(100), count: z.number().int().min(1) })).max(addressesMax),
  isMore: z.boolean(),
})
export type Addresses = z.output<typeof Addresses>

export function addAddress({ listed, isMore }: Addresses, ip: string | null, count: number): Addresses {
  if (ip === null) return { listed, isMore }
  if (listed.some((known) => known.ip === ip)) {
    return { listed: listed.map((known) => (known.ip === ip ? { ip, count: known.count + count } : known)), isMore }
  }
  return listed.length < addressesMax ? { listed: [...listed, { ip, count }], isMore } : { listed, isMore: true }
}

const stepsMax = 48
const shortestStepSeconds = 60

/** Refusals by time: `counts[n]` of those within `stepSeconds` from `fromMs + n × stepSeconds × 1000`. */
export const Spark = z.object({
  fromMs: z.number().int(),
  stepSeconds: z.number().int().min(shortestStepSeconds),
  counts: z.array(z.number().int().min(0)).min(1).max(stepsMax),
})
export type Spark = z.output<typeof Spark>

/** Adds refusals at a time. Steps double in length when there would be too many. */
export function addToSpark(spark: Spark | null, atMs: number, count: number): Spark {
  const points = (spark?.counts ?? []).map((counted, n) => ({
    ms: (spark?.fromMs ?? 0) + n * (spark?.stepSeconds ?? 0) * 1000,
    count: counted,
  }))
  points.push({ ms: atMs, count })
  const all = points.map(({ ms }) => ms)
  const [firstMs, lastMs] = [Math.min(...all), Math.max(...all)]
  for (let stepSeconds = spark?.stepSeconds ?? shortestStepSeconds; ; stepSeconds *= 2) {
    const stepMs = stepSeconds * 1000
    const fromMs = Math.floor(firstMs / stepMs) * stepMs
    const steps = Math.floor((lastMs - fromMs) / stepMs) + 1
    if (steps > stepsMax) continue
    const counts = Array<number>(steps).fill(0)
    for (const point of points) {
      const n = Math.floor((point.ms - fromMs) / stepMs)
      counts[n] = (counts[n] ?? 0) + point.count
    }
    return { fromMs, stepSeconds, counts }
  }
}

/** Something that changed before refusals began. */
export const IncidentChange = z.object({
  at: z.iso.datetime(),
  kind: z.enum(['trust', 'identity', 'key-source', 'certificate', 'token']),
  /** One sentence. */
  text: z.string(),
  /** The audit entry or the key source that it is told by. */
  entryId: z.string().nullable(),
  sourceId: z.string().nullable(),
  actorName: z.string().nullable(),
})
export type IncidentChange = z.output<typeof IncidentChange>

/** The audit action of each state. */
export const actionOfState = {
  open: 'incident.reopened',
  acknowledged: 'incident.acknowledged',
  resolved: 'incident.resolved',
} as const satisfies Record<IncidentState, string>

/** A change of an incident's state. The note takes the place of the one before; without one it is removed. */
export const IncidentPatch = z.strictObject({
  state: IncidentState,
  note: z
    .string()
    .trim()
    .min(1, 'Write a note, or leave it out.')
    .max(noteCharactersMax, `At most ${noteCharactersMax} characters.`)
    .refine((text) => !/[^\P{Cc}\n\t]/u.test(text), 'No control characters.')
    .nullable()
    .optional(),
  version: z.number().int().min(0).optional().meta({
    description: 'The `version` that was read. If it has changed since, the answer is 409.',
    example: 0,
  }),
})
