import { z } from 'zod'
import { incidentSeverities } from '@/lib/model/alarm'
import { Addresses, IncidentChange, IncidentState, Spark } from '@/lib/model/incident'
import { DecisionSummaryAnswer } from '../decisions/wire'
import { HistoryPageAnswer } from '../pages/wire'

const time = z.iso.datetime()
const nullableText = z.string().nullable()

export const IncidentAnswer = z
  .object({
    id: z.string(),
    organizationId: z.string().nullable().meta({ description: 'Null for attempts that match no identity.' }),
    ...{ method: z.string(), checkId: nullableText, reason: z.string() },
    severity: z.enum(incidentSeverities).meta({
      description:
        '`critical`: a canary was used. `high`: a token may be in wrong hands. `medium`: logins are refused.',
    }),
    about: nullableText.meta({
      description: 'What an alarm found, or which run opened more trusts than usual, in a sentence; null otherwise.',
    }),
    ...{ identityId: nullableText, identityName: nullableText, trustId: nullableText, issuer: nullableText },
    trustVersion: z.number().nullable().meta({ description: 'The version of the trust that refused first.' }),
    isMixed: z.boolean().meta({
      description: 'It may count refusals of several identities or issuers, which were too many to be told apart.',
    }),
    firstAt: time,
    at: time.meta({ description: 'The last refusal.' }),
    isGoingOn: z.boolean().meta({ description: 'A further refusal of this cause would be counted in it.' }),
    count: z.number(),
    ...{ firstDecisionId: z.string(), lastDecisionId: z.string() },
    addresses: Addresses.meta({
      description: 'The first addresses, with how often each was refused; `isMore`: there were others.',
    }),
    spark: Spark.nullable().meta({ description: 'Refusals by time.' }),
    lastChange: IncidentChange.nullable().meta({ description: 'What changed last before it began.' }),
    state: IncidentState,
    stateAt: time.nullable(),
    ...{ stateByKind: nullableText, stateById: nullableText, stateByName: nullableText, note: nullableText },
    version: z.number().meta({ description: 'Grows with every change of the state.' }),
  })
  .meta({ id: 'Incident' })
export type IncidentAnswer = z.output<typeof IncidentAnswer>

export const IncidentDetailAnswer = IncidentAnswer.extend({
  lastAcceptedAt: time
    .nullable()
    .meta({ description: 'The last login before it that was accepted; null: none was found.' }),
  since: time.meta({ description: 'From when on changes were looked for.' }),
  changes: z.array(IncidentChange).meta({ description: 'What changed before it began, newest first.' }),
})
export type IncidentDetailAnswer = z.output<typeof IncidentDetailAnswer>

export const IncidentListAnswer = HistoryPageAnswer.extend({ incidents: z.array(IncidentAnswer) })
export type IncidentListAnswer = z.output<typeof IncidentListAnswer>

export const IncidentRefusalsAnswer = z.object({
  decisions: z.array(DecisionSummaryAnswer),
  next: z.string().nullable(),
})
export type IncidentRefusalsAnswer = z.output<typeof IncidentRefusalsAnswer>
