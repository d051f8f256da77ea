/** Describes a failed sign-in through a provider, with advice; no text comes from the URL. */
export function signInFailure(reason: string | null, check: string | null): { title: string; advice: string } {
  const known = [`${reason}:${check}`, String(reason)].find((key) => Object.hasOwn(failures, key))
  return (known && failures[known]) || unknown
}

const gateway = 'The operator of the gateway in front of Keybound has to fix this.'
const again = 'Go back and sign in again.'

const unknown = { title: 'The token was refused', advice: 'Go back and try again; if it happens again, ask an admin.' }

const failures: Record<string, { title: string; advice: string }> = {
  provider_inactive: { title: 'This provider is not active', advice: 'Sign in another way, or ask an admin.' },
  token_header_missing: { title: 'The gateway sent no token', advice: `The header was missing. ${gateway}` },
  token_malformed: { title: 'What the gateway sent is not a token', advice: gateway },
  issuer_mismatch: { title: 'The token is from another issuer', advice: gateway },
  'claim_missing:iss': { title: 'The token names no issuer', advice: gateway },
  'claim_missing:aud': { title: 'The token names no audience', advice: gateway },
  'claim_missing:sub': { title: 'The token has no subject', advice: `The claim sub is missing. ${gateway}` },
  audience_mismatch: { title: 'The token is meant for another application', advice: gateway },
  subject_mismatch: { title: 'The token does not say who you are', advice: gateway },
  algorithm_not_allowed: { title: 'The token is signed with an algorithm that is not allowed', advice: gateway },
  key_not_found: { title: 'The key of the token is unknown', advice: `It may just have been changed. ${again}` },
  key_source_unavailable: { title: 'The keys of the provider cannot be fetched', advice: 'Try again in a minute.' },
  key_source_tls: { title: 'The keys of the provider cannot be fetched safely', advice: 'Ask an admin.' },
  signature_invalid: { title: 'The signature of the token is wrong', advice: gateway },
  token_expired: { title: 'The token has expired', advice: again },
  expiry_missing: { title: 'The token never expires', advice: gateway },
  issued_at_missing: { title: 'The token does not say when it was issued', advice: gateway },
  token_too_old: { title: 'The token is too old', advice: `Sign in at the gateway again. ${again}` },
  token_issued_in_future: { title: 'The token was issued in the future', advice: `A clock is wrong. ${gateway}` },
  token_not_yet_valid: { title: 'The token is not valid yet', advice: `A clock is wrong. ${gateway}` },
  user_unknown: { title: 'You are not known here', advice: 'This provider adds no accounts by itself. Ask an admin.' },
  browser_differs: {
    title: 'This sign-in was started in another browser',
    advice: 'Start and finish it in the same browser, with cookies allowed.',
  },
  sign_in_state: { title: 'This sign-in is over', advice: `It was used already, or took too long. ${again}` },
}
