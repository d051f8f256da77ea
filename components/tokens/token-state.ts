/** Whether an access token still works, and if not, why. */
export type TokenState = 'live' | 'revoked' | 'expired' | 'used up'

/** Judged as the server does: revoked before expired before used up; 0 uses allowed = unlimited. */
export function tokenState(
  token: { expiresAt: string; revokedAt: string | null; uses: number; usesMax: number },
  nowMs: number,
): TokenState {
  if (token.revokedAt !== null) return 'revoked'
  if (Date.parse(token.expiresAt) <= nowMs) return 'expired'
  return token.usesMax > 0 && token.uses >= token.usesMax ? 'used up' : 'live'
}
