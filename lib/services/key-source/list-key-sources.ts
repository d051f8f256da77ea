import { requireAccess } from '../access'
import type { Context } from '../context'
import { sourcesInUse } from './sources-in-use'
import { viewKeySources } from './view-key-source'

/** Every distinct remote key source of the organization's trusts, with its state and alarms. */
export async function listKeySources(ctx: Context) {
  const { organizationId } = requireAccess(ctx, 'read')
  const sources = await viewKeySources(ctx.db, await sourcesInUse(ctx.db, { organizationId }), ctx.now())
  return { sources, alarmCount: sources.reduce((sum, { alarms }) => sum + alarms.length, 0) }
}
