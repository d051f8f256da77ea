import { counted } from '@/components/ui/counted'

type Listed = { tokens: readonly { expiresAt: string; revokedAt: string | null }[]; total: number | null }

/** Describes how many access tokens are revoked with an identity. The list may have only the newest of them. */
export function liveTokenWords({ tokens, total }: Listed, nowMs: number): string {
  const live = tokens.filter(({ expiresAt, revokedAt }) => revokedAt === null && Date.parse(expiresAt) > nowMs).length
  if (live === 0 && total !== null && total <= tokens.length) return 'no access token: none is live'
  if (live === 0) return 'every access token it was issued'
  const more = total === null || total > tokens.length ? 'at least ' : ''
  return `${more}${counted(live, 'live access token')}`
}
