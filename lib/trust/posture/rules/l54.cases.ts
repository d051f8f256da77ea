import type { Jwk } from '../../key-sources/key-source'
import { defineCases, plain } from '../cases'

const own = { kty: 'OKP', crv: 'Ed25519', x: 'PYAQGPUbuyDTsCvKCoSwvCfJp0hcXh1NCqVZ9pGlHFc' }
const shared = { kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMko' }
const answering = (...keys: Jwk[]) =>
  plain({}, { keysInEffect: [{ source: 0, set: { status: 'ok', keys, fetchedAt: 0, stale: null } }] })

export const l54Cases = defineCases({
  rule: 'L54',
  withoutFix: 'The issuer chooses how it signs.',
  raises: [
    { title: 'shared secrets alone', subject: answering(shared), path: ['keys', 0], says: 'HS256' },
    { title: 'a curve that verifies nothing', subject: answering({ kty: 'OKP', crv: 'X25519', x: own.x }) },
  ],
  silent: [
    { title: 'a key that verifies', subject: answering(own) },
    { title: 'a key that verifies beside another', subject: answering(shared, own) },
    { title: 'keys that are not known', subject: plain(), isUnknown: true },
  ],
})
