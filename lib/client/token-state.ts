/** Whether an access token works, else why not. */
export type TokenState = 'live' | 'revoked' | 'expired' | 'used up'

/** In the server's order: revoked, expired, used up; 0 allowed uses = unlimited. */
export function tokenState(
  token: { expiresAt: string; revokedAt: string | null; uses: number; usesMax: number },
  nowMs: number,
): TokenState {
  if (token.revokedAt !== null) return 'revoked'
  if (Date.parse(token.expiresAt) <= nowMs) return 'expired'
  return token.usesMax > 0 && token.uses >= token.usesMax ? 'used up' : 'live'
}
