import { AppError } from '@/lib/errors'
import { requireAccess } from '@/lib/services/access'
import { listSignInTrusts } from '@/lib/services/sign-in/list-sign-in-trusts'
import { defineOperation } from '../../api'
import type { Idp } from '../idps/idp'
import { toIdp, toProviderOptions } from '../idps/mapper'
import { withoutDefaults } from '../protojson'
import { ActiveProvidersAnswer, ActiveProvidersQuery } from './wire'

/** Lists the providers of the sign-in page, for another application's login. */
export const getActiveIdentityProviders = defineOperation({
  method: 'GET',
  path: '/v2/settings/login/idps',
  summary: 'Which providers people may sign in through now',
  description: 'Active and offered ones, by name.',
  auth: 'required',
  authorise: (ctx) => void requireAccess(ctx, 'read'),
  query: ActiveProvidersQuery,
  success: { status: 200, description: 'All of them.', schema: ActiveProvidersAnswer },
  async run(ctx, { query }) {
    const { organizationId } = requireAccess(ctx, 'read')
    const named = query['ctx.orgId']
    if (named && named !== organizationId) {
      throw new AppError('forbidden', 'No permission in the organization that ctx.orgId names')
    }
    const { trusts, sequence } = await listSignInTrusts(ctx)
    const identityProviders = trusts.flatMap((trust) => {
      const idp = toIdp(trust)
      if (!idp || !trust.enabled || !idp.options.isOffered || !isAskedFor(idp, query)) return []
      const type = 'IDENTITY_PROVIDER_TYPE_JWT' as const
      return [{ id: trust.id, name: trust.name, type, options: toProviderOptions(idp) }]
    })
    const counts = { totalResult: String(identityProviders.length), processedSequence: sequence }
    const details = { ...withoutDefaults(counts), timestamp: ctx.now().toISOString() }
    return { body: { details, ...withoutDefaults({ identityProviders }) } }
  },
})

function isAskedFor({ options }: Idp, query: ActiveProvidersQuery): boolean {
  const facts = {
    creationAllowed: options.isCreationAllowed,
    linkingAllowed: options.isLinkingAllowed,
    autoCreation: options.isAutoCreation,
    autoLinking: options.autoLinking !== 'unspecified',
  }
  if (query['ctx.instance'] === 'true' && options.owner !== 'system') return false
  return (['creationAllowed', 'linkingAllowed', 'autoCreation', 'autoLinking'] as const).every(
    (name) => query[name] === undefined || query[name] === String(facts[name]),
  )
}
