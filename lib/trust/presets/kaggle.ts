import { email, nonBlank } from './patterns'
import { definePreset } from './preset'

/** Kaggle's tokens for signing models: a person, by mail address. */
export const kaggle = definePreset({
  id: 'kaggle',
  title: 'Kaggle model signing',
  family: 'directory',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: ['sigstore/fulcio@eb10c98 config/identity/config.yaml: issuer, audience and kind of identity'],
  unverified: ['The subject', 'Claims beside email and email_verified', 'Lifetime and algorithm'],
  issuers: [
    { id: 'shared', title: 'Kaggle', template: 'https://www.kaggle.com/api/v1/models/signing', isShared: true },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: false, usual: 'sigstore' },
  facts: {
    account: { title: 'Account', class: 'id', role: 'tenant', pattern: nonBlank, sample: '1234567', other: '7654321' },
    email: {
      title: 'Mail address',
      class: 'name',
      role: 'tenant',
      pattern: email,
      sample: 'alice@acme.example',
      other: 'mallory@attacker.example',
    },
    isVerified: {
      title: 'Whether the address was verified',
      class: 'gate',
      pattern: '(?:true|false)',
      sample: 'true',
      other: 'false',
    },
  },
  subjects: [{ id: 'account', title: 'Account', template: '{account}' }],
  claims: [
    { path: 'email', meaning: 'Mail address', class: 'name', role: 'tenant', from: '{email}', id: 'sub' },
    {
      path: 'email_verified',
      meaning: 'Whether the address was verified',
      class: 'gate',
      type: 'boolean',
      from: '{isVerified}',
      values: ['true', 'false'],
    },
  ],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'person',
      title: 'One person',
      why: 'The account, and its verified mail address.',
      rules: [
        { path: 'sub', values: ['{account}'] },
        { path: 'email', values: ['{email}'] },
        { path: 'email_verified', values: ['true'] },
      ],
    },
  ],
  samples: [{ id: 'person', title: 'Person' }],
  stories: [
    {
      id: 'other-person',
      title: 'Another person',
      why: 'All accounts share issuer and keys.',
      change: { account: 'other', email: 'other' },
      closedBy: ['sub', 'email'],
    },
    {
      id: 'same-address',
      title: 'Another account with the address',
      why: 'Addresses move between accounts.',
      change: { account: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'unverified-address',
      title: 'An address that was not verified',
      why: 'Anyone may claim it.',
      change: { isVerified: 'other' },
      closedBy: ['email_verified'],
    },
  ],
  replay: 'unknown',
  notes: ['Its audience is Sigstore’s, and its callers are people.'],
})
