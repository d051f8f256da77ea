import type { z } from 'zod'
import { AppError } from '@/lib/errors'
import { actionOfState, type IncidentPatch } from '@/lib/model/incident'
import { requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { storedActor } from '../stored-actor'
import { findIncident } from './get-incident'
import type { IncidentRow } from './incident-batch'
import { type IncidentView, toIncident } from './incident-view'

/**
 * Acknowledges, resolves or reopens an incident, with a note. What is resolved counts no further refusal; the next of its cause begins a new
 * incident. Incidents of attempts that match no identity are shared by all organizations of the installation, so they need an admin.
 * @throws AppError `not-found`, `forbidden`, `conflict` (changed by another since `version`)
 */
export async function setIncidentState(
  ctx: Context,
  id: string,
  { state, note = null, version }: z.output<typeof IncidentPatch>,
): Promise<IncidentView> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const before = await findIncident(tx, ctx.organizationId, id)
    if (before.organizationId === null) requireAccess(ctx, 'administer')
    if (version !== undefined && version !== before.stateVersion) throw changedMeanwhile()
    if (before.state === state && before.note === note) {
      recordNothing(ctx)
      return toIncident(before, ctx.now())
    }
    const by = storedActor(ctx.actor)
    const set = {
      ...{ state, note, stateAt: ctx.now(), stateVersion: before.stateVersion + 1, stateByKind: by.kind },
      ...{ stateById: by.id, stateByName: by.name },
    }
    const { count } = await tx.incident.updateMany({
      where: { id: before.id, stateVersion: before.stateVersion },
      data: set,
    })
    if (count !== 1) throw changedMeanwhile()
    await record(tx, ctx, {
      action: actionOfState[state],
      target: { kind: 'incident', id: before.id, name: nameOf(before) },
      before: { state: before.state, note: before.note },
      after: { state, note },
      reason: note ?? undefined,
    })
    return toIncident({ ...before, ...set }, ctx.now())
  })
}

const nameOf = ({ reason, identityName, issuer }: IncidentRow) =>
  [reason, identityName ?? issuer].filter((part) => part !== null).join(' · ')

const changedMeanwhile = () =>
  new AppError('conflict', 'The state of this incident was changed in the meantime. Load it again.', {
    reason: 'changed_meanwhile',
  })
