import { toTrust } from '@/lib/db/trust-row'
import { openSignInOf, type SignInOptions } from '@/lib/trust/sign-in-options'
import type { Context } from '../context'

/** The providers people can sign in through now, for the page before the door: anybody may ask, so there is an end to it. */
export async function listSignInChoices(
  ctx: Context,
): Promise<{ id: string; name: string; styling: SignInOptions['styling'] }[]> {
  const rows = await ctx.db.trust.findMany({
    where: { method: 'sign-in', enabled: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
  })
  const choices = rows.map(toTrust).flatMap((trust) => {
    const options = openSignInOf(trust)
    return options ? [{ id: trust.id, name: trust.name, styling: options.styling }] : []
  })
  return choices.slice(0, 50)
}
