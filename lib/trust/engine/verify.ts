import { kidOf } from '../keys/jwk'
import type { TrustPolicy } from '../policy'
import type { Trust } from '../trust'
import { checksOf, isAboutStatement } from './check-table'
import { fail, skip } from './checks/check'
import { checkClaimsJson, checkIssuer, checkRules } from './checks/claim-checks'
import {
  checkGrant,
  checkIp,
  grantFaults,
  isGrantable,
  noGrantFaults,
  previewGrant,
  replayCheck,
} from './checks/grant-checks'
import { checkHeader, type HeaderFindings } from './checks/header-checks'
import {
  askAgain,
  askSources,
  candidatesOf,
  type KeyProvider,
  type SourceAnswer,
  withoutEnded,
  withoutTooOld,
  worthAskingAgain,
} from './checks/key-candidates'
import { checkKeys, type KeyFindings, noKeysAsked } from './checks/key-checks'
import { checkSignature, type SignatureFindings, signatureNotChecked } from './checks/signature-check'
import { isTrusted } from './checks/source-check'
import { checkTimes } from './checks/time-checks'
import { checkToken } from './checks/token-checks'
import { type DecodedToken, decodeToken } from './token'
import type { Check, CheckId, Verdict } from './verdict'

export type VerifyInput = {
  /** The token as sent. Blanks and line ends around it are removed; inside it none is accepted. */
  token: string
  trust: TrustPolicy & Pick<Trust, 'unreadable'>
  /** Fetches the keys of a remote source; asked only for a token whose form and algorithm could be verified. */
  keys: KeyProvider
  /** Epoch seconds; may be fractional. */
  now: number
  /** Where an access token would be used from, for the preview of `ip`. */
  ip?: string | null
}

/** Judges a token against a trust. A refused token is an answer, not an error: nothing in it can make this throw. */
export async function verify({ token, trust, keys, now, ip }: VerifyInput): Promise<Verdict> {
  const decoded = decodeToken(typeof token === 'string' ? token : '')
  if (trust.unreadable) return refusedUnread(decoded, trust.unreadable)
  const { text } = decoded
  const form = checkToken(decoded, text.length)
  const header = checkHeader(decoded, trust)
  const { found, signed } = hasFailed(form)
    ? noSignature
    : await checkKeysAndSignature(text, decoded, header, trust, keys, now)

  const claims = decoded.claims.ok ? decoded.claims.value : null
  const isAuthentic = signed.check.status === 'pass'
  const said = [checkClaimsJson(decoded), ...checkClaims(claims, trust, now)]
  const judged = [
    ...form,
    ...header.checks,
    ...found.checks,
    signed.check,
    ...said.map((check) => ({ ...check, trusted: isAuthentic })),
  ]

  const faults = claims ? grantFaults(claims, trust) : noGrantFaults
  const accepted = isAuthentic && claims !== null && !hasFailed(judged) && isGrantable(faults)
  const grant = accepted ? previewGrant(claims, trust, now) : null
  const ofGrant = [replayCheck, checkIp(ip, trust.grant), checkGrant(grant, faults)].map((check) => ({
    ...check,
    trusted: isAuthentic,
  }))
  const checks = [...judged, ...ofGrant]
  return {
    accepted,
    decisive: accepted ? null : decisiveOf(checks),
    checks,
    header: header.header,
    claims,
    key: signed.key,
    grant,
  }
}

/** Where a part of the trust cannot be read, what the rest says is no longer what its owner meant, so no check is made. */
function refusedUnread({ header, claims }: DecodedToken, unreadable: readonly string[]): Verdict {
  const decisive = fail('method', 'trust_unreadable', 'The stored configuration of this login cannot be read.', {
    received: `Cannot be read: ${unreadable.join(', ')}`,
    fix: 'Replace the configuration as a whole, or remove it and create it again.',
    trusted: false,
  })
  return {
    accepted: false,
    decisive,
    checks: [decisive],
    header: header.ok ? header.value : null,
    claims: claims.ok ? claims.value : null,
    key: null,
    grant: null,
  }
}

type SignatureJudgement = { found: KeyFindings; signed: SignatureFindings }
const noSignature: SignatureJudgement = { found: noKeysAsked, signed: signatureNotChecked }

/**
 * Where no key verifies, remote sources are asked again and what is new is judged once more: an issuer may have replaced a
 * key under the same kid, or under none.
 */
async function checkKeysAndSignature(
  token: string,
  { claims }: DecodedToken,
  { alg, header, isPlain }: HeaderFindings,
  trust: TrustPolicy,
  keys: KeyProvider,
  now: number,
): Promise<SignatureJudgement> {
  if (!alg || !header) return noSignature
  const { kid } = header
  const tokenIssuer = claims.ok && typeof claims.value.iss === 'string' ? claims.value.iss : null
  const wanted = { kid: kidOf(header), alg }
  const judged = async (asked: readonly SourceAnswer[]) => {
    const answers = asked.map((answer) =>
      withoutTooOld(withoutEnded(answer, trust.keys, now), trust.keyUse?.staleSecondsMax ?? null, now),
    )
    const candidates = candidatesOf(answers.filter((answer) => answer.isLocal || isTrusted(answer, trust.issuer)))
    const unnamed = trust.keyUse?.unnamed ?? 'any'
    const found = checkKeys(answers, candidates, { kid, alg, issuer: trust.issuer, tokenIssuer, unnamed })
    const signed = isPlain ? await checkSignature(token, alg, found.keys) : signatureNotChecked
    return { found, signed, candidates }
  }
  const asked = await askSources(trust.keys, keys, wanted)
  const first = await judged(asked)
  if (!isPlain || first.signed.check.status === 'pass') return first
  const again = worthAskingAgain(asked, first.candidates, kid)
  const renewed = again.size > 0 ? await askAgain(asked, trust.keys, again, keys, wanted) : null
  return renewed ? judged(renewed) : first
}

/** Checks of what a token says, with its times. */
export function checkClaims(claims: Verdict['claims'], trust: TrustPolicy, now: number): Check[] {
  if (!claims) {
    const paths = trust.rules
      .filter(({ path }) => path !== 'aud' && path !== 'sub')
      .map(({ path }): CheckId => `claim:${path}`)
    const ids: CheckId[] = [...checksOf('claims', 'time'), ...paths]
    return ids.map((id) => skip(id, 'There are no claims to check.'))
  }
  const { aud, sub, others } = checkRules(claims, trust.rules)
  return [checkIssuer(claims, trust.issuer), ...aud, ...sub, ...checkTimes(claims, trust.lifetime, now), ...others]
}

const hasFailed = (checks: readonly Check[]) => checks.some(({ status }) => status === 'fail')

/** What a token says counts only after it is known to be authentic and in time, so failures of those checks decide first. */
function decisiveOf(checks: readonly Check[]): Check | null {
  const failed = checks.filter(({ status }) => status === 'fail')
  return failed.find(({ id }) => !isAboutStatement(id)) ?? failed[0] ?? null
}
