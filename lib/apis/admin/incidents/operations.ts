import { z } from 'zod'
import { IncidentPatch } from '@/lib/model/incident'
import { getIncident } from '@/lib/services/incident/get-incident'
import { IncidentRefusalsQuery, listIncidentRefusals } from '@/lib/services/incident/list-incident-refusals'
import { IncidentQuery, listIncidents } from '@/lib/services/incident/list-incidents'
import { setIncidentState } from '@/lib/services/incident/set-incident-state'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { IncidentAnswer, IncidentDetailAnswer, IncidentListAnswer, IncidentRefusalsAnswer } from './wire'

const path = '/api/admin/incidents/{incidentId}'
const params = z.object({ incidentId: Id })

export const incidentOperations = {
  listIncidents: defineOperation({
    method: 'GET',
    path: '/api/admin/incidents',
    summary: 'List incidents',
    description:
      'An incident is refused logins of one cause, of one identity or issuer, without a gap of 30 hours; or, with the reason `token_from_two_addresses`, accepted logins whose token was used from another address before, or `token_first_used_late`, those that used a token for the first time in the last tenth of its life, or `run_at_more_trusts_than_usual`, those by which a run of a workload opened more trusts than its runs did before; or, with the reason `canary_used`, uses of an identity or token that opens nothing.',
    auth: 'required',
    query: IncidentQuery,
    success: { status: 200, description: 'By the last refusal, newest first.', schema: IncidentListAnswer },
    async run(ctx, { query }) {
      return { body: await listIncidents(ctx, query) }
    },
  }),

  getIncident: defineOperation({
    method: 'GET',
    path,
    summary: 'Read an incident with what changed before it',
    auth: 'required',
    params,
    success: { status: 200, description: 'The incident.', schema: IncidentDetailAnswer },
    async run(ctx, { params }) {
      return { body: await getIncident(ctx, params.incidentId) }
    },
  }),

  listIncidentRefusals: defineOperation({
    method: 'GET',
    path: `${path}/refusals`,
    summary: 'List the recorded refusals of an incident',
    auth: 'required',
    params,
    query: IncidentRefusalsQuery,
    success: { status: 200, description: 'Newest first.', schema: IncidentRefusalsAnswer },
    async run(ctx, { params, query }) {
      return { body: await listIncidentRefusals(ctx, params.incidentId, query) }
    },
  }),

  setIncidentState: defineOperation({
    method: 'PATCH',
    path,
    summary: 'Acknowledge, resolve or reopen an incident',
    description:
      'When refusals of the cause of a resolved incident come again, they begin a new one. Incidents of attempts that match no identity need the role admin.',
    auth: 'required',
    params,
    body: IncidentPatch,
    records: ['incident.acknowledged', 'incident.resolved', 'incident.reopened'],
    success: { status: 200, description: 'The incident as it is now.', schema: IncidentAnswer },
    async run(ctx, { params, body }) {
      return { body: await setIncidentState(ctx, params.incidentId, body) }
    },
  }),
}
