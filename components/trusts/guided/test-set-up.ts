import { makeTestKey, signTestToken, type TestKey } from '@/lib/client/test-token'
import { markTestPem } from '@/lib/trust/keys/test-key'
import { exactRule } from '@/lib/trust/posture/exact-rule'
import type { KindForm } from '../form/kind-form'
import { emptySourceRow } from '../form/source-rows'
import { toRuleFields } from '../form/trust-form'
import type { TrustFormValues } from '../form/values'

/** An issuer in this tab, whose tokens a trust accepts by its public key. */
export type TestSetUp = { key: TestKey; endsAt: number; token: () => Promise<string> }

const issuer = 'https://test-issuer.invalid'
const subject = 'test-machine'

/** Lifetime of its tokens, in seconds. */
const tokenSeconds = 300

/** After which its key ends: a week, in seconds. */
const keySeconds = 7 * 86_400

/** Makes a key in this tab. @throws where the browser makes none: on a page over plain http */
export async function makeTestSetUp(audience: string): Promise<TestSetUp> {
  const key = await makeTestKey()
  return {
    key,
    endsAt: Date.now() / 1000 + keySeconds,
    token() {
      const now = Math.floor(Date.now() / 1000)
      // A token of its own for each login, for trusts that accept one only once.
      const claims = {
        iss: issuer,
        aud: audience,
        sub: subject,
        iat: now,
        exp: now + tokenSeconds,
        jti: crypto.randomUUID(),
      }
      return signTestToken(key, JSON.stringify(claims))
    },
  }
}

/** Returns the values of the trust form that accept its tokens. Pure. */
export function testValues(form: KindForm, { key, endsAt }: TestSetUp, audience: string): Partial<TrustFormValues> {
  const row = { ...emptySourceRow('static-pem'), 'static-pem': [{ pem: markTestPem(key.pem, endsAt) }] }
  return {
    issuer,
    sources: [row],
    algorithms: ['ES256'],
    ...toRuleFields(form, [exactRule(form, 'aud', [audience]), exactRule(form, 'sub', [subject])]),
  }
}
