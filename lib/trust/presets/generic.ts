import { baseAddress, line } from './patterns'
import { definePreset } from './preset'

/** An issuer that Keybound does not know. Its stories need no knowledge of it. */
export const generic = definePreset({
  id: 'generic',
  title: 'Other issuer',
  family: 'generic',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: ['RFC 7519', 'OpenID Connect Core 1.0'],
  unverified: ['Who shares the issuer', 'What its subjects look like, and whether they are given again'],
  issuers: [{ id: 'any', title: 'Issuer', template: 'https://{address}', isShared: true, isTelling: false }],
  algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  headerTypes: [],
  audience: { isChosen: true },
  facts: {
    address: {
      title: 'Address of the issuer',
      class: 'name',
      role: 'tenant',
      pattern: `${baseAddress}/?`,
      sample: 'issuer.acme.example',
      other: 'issuer.attacker.example',
    },
    subject: {
      title: 'Subject',
      class: 'name',
      role: 'workload',
      pattern: '[^\\x00-\\x1f]+',
      sample: 'caller-1',
      other: 'caller-2',
    },
    tokenId: { title: 'Token', class: 'ephemeral', pattern: line, sample: '5f2c', other: '5f2d', usuallyAbsent: true },
  },
  subjects: [{ id: 'subject', title: 'Subject', template: '{subject}' }],
  claims: [{ path: 'jti', meaning: 'Token', class: 'ephemeral', from: '{tokenId}', isOptional: true }],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'caller',
      title: 'One caller',
      why: 'The whole subject, exact. Say which claim names the caller, if it is another one.',
      rules: [{ path: 'sub', values: ['{subject}'] }],
    },
  ],
  samples: [{ id: 'caller', title: 'Caller' }],
  stories: [
    {
      id: 'other-subject',
      title: 'Another subject of the issuer',
      why: 'Nothing is known about who else gets tokens of this issuer.',
      change: { subject: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'longer-subject',
      title: 'A subject that begins with the subject',
      why: 'A pattern without an end admits it.',
      change: { subject: { to: '{subject}-x' } },
      closedBy: ['sub'],
    },
    {
      id: 'other-audience',
      title: 'A token for another service',
      why: 'A service that got the token can present it here.',
      audience: 'https://another-service.example',
      closedBy: ['aud'],
    },
  ],
  replay: 'unknown',
})
