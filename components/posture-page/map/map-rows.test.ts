import { expect, test } from 'vitest'
import { issuerGroups, type MappedTrust, notesOnUse } from './map-rows'

const trust = (name: string, more: Partial<MappedTrust> = {}): MappedTrust => ({
  ...{ id: name, name, method: 'jwt', identityId: name, identityName: name, role: 'member' },
  ...{
    issuer: 'https://a.example',
    enabled: true,
    isCanary: false,
    isFrozen: false,
    preset: null,
    worst: null,
    findings: [],
    ...more,
  },
})

test('trusts of one issuer are together, the worst first, and so are the issuers', () => {
  const groups = issuerGroups([
    trust('quiet'),
    trust('b', { issuer: 'https://b.example', worst: 'high' }),
    trust('loud', { worst: 'medium' }),
    trust('c', { issuer: 'https://c.example', worst: 'critical' }),
  ])
  expect(groups.map(({ issuer, trusts }) => [issuer, trusts.map(({ name }) => name)])).toEqual([
    ['https://c.example', ['c']],
    ['https://b.example', ['b']],
    ['https://a.example', ['loud', 'quiet']],
  ])
})

test('a trust of any issuer is a group of its own', () => {
  expect(issuerGroups([trust('open', { issuer: null })])).toMatchObject([{ issuer: null, title: 'Any issuer' }])
})

test('unused and overlapping trusts are told, each once', () => {
  expect(notesOnUse(trust('x', { findings: [{ id: 'L27' }, { id: 'L27' }, { id: 'L28' }, { id: 'L01' }] }))).toEqual([
    'overlaps another',
    'not used',
  ])
})
