import type { KeySet } from '../../key-sources/key-source'
import { defineCases, plain } from '../cases'

const now = 1_800_000_000
const key = (kid?: string) => ({
  ...{ kty: 'OKP', crv: 'Ed25519', x: 'PYAQGPUbuyDTsCvKCoSwvCfJp0hcXh1NCqVZ9pGlHFc' },
  ...(kid === undefined ? {} : { kid }),
})
const ok = { status: 'ok', keys: [key('a'), key('b')], fetchedAt: now - 60, stale: null } satisfies KeySet
const stale = (since: number) => ({ since, reason: 'timed-out' as const, message: 'No answer.' })
const answering = (set: KeySet, bytes?: number) => plain({}, { now, keysInEffect: [{ source: 0, set, bytes }] })

export const l22Cases = defineCases({
  rule: 'L22',
  withoutFix: 'The issuer publishes the set.',
  raises: [
    { title: 'an empty set', subject: answering({ ...ok, keys: [] }), path: ['keys', 0] },
    { title: 'two keys of one id', subject: answering({ ...ok, keys: [key('a'), key('a')] }), says: '"a"' },
    { title: 'a key without an id beside another', subject: answering({ ...ok, keys: [key('a'), key()] }) },
    {
      title: 'a private key in the set',
      subject: answering({ ...ok, keys: [{ ...key('a'), d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }] }),
      severity: 'critical',
    },
    { title: 'no fetch for two days', subject: answering({ ...ok, stale: stale(now - 172_800) }) },
    { title: 'thirty keys', subject: answering({ ...ok, keys: Array.from({ length: 30 }, (_, at) => key(`${at}`)) }) },
    { title: 'a set of 100 KiB', subject: answering(ok, 102_400), says: '100 KiB' },
    {
      title: 'no answer',
      subject: answering({ status: 'unavailable', reason: 'timed-out', message: 'It does not answer.', fix: '' }),
    },
  ],
  silent: [
    { title: 'two keys with ids', subject: answering(ok) },
    { title: 'the only key, without an id', subject: answering({ ...ok, keys: [key()] }) },
    { title: 'a failed fetch an hour ago', subject: answering({ ...ok, stale: stale(now - 3600) }) },
    { title: 'a set that was not asked for', subject: plain({}, { now }), isUnknown: true },
  ],
})
