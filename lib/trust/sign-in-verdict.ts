import type { Check, Verdict } from './verdict'

/** A verdict on a token that opens a person's session: nothing is issued, so nothing is said of an access token. */
export function toSignInVerdict(verdict: Verdict): Verdict {
  return { ...verdict, checks: verdict.checks.map(withoutAccessToken), grant: null }
}

function withoutAccessToken(check: Check): Check {
  if (check.id === 'grant' && check.status === 'pass') return { ...check, message: 'Its holder would be signed in.' }
  if (check.id !== 'ip') return check
  const { received: _, expected: __, ...rest } = check
  return { ...rest, status: 'skipped', message: 'Addresses are not asked for where people sign in.' }
}
