import { jwkMember, kidOf, readJwk } from '../../keys/jwk'
import type { Found } from '../finding'
import { definePostureRule } from '../rule'
import type { SourceKeys } from '../subject'

const keysMax = 20
const bytesMax = 64 * 1024
const fetchAgeSecondsMax = 24 * 3600

export const l22 = definePostureRule({
  id: 'L22',
  severity: 'high',
  title: 'The key set is in a bad state',
  why: 'Keys that cannot be fetched are not replaced when the issuer replaces them. Keys without an id, or two with one id, make the choice of the key a matter of luck. A published private key lets anyone sign.',
  opens: 'Logins that fail at the next change of keys, or tokens signed by a key that was withdrawn.',
  remedy: 'Have the issuer publish a small set of public keys, each with an id of its own, under a URL that answers.',
  sources: ['RFC 7517 §5', 'RFC 8725 §3.5', 'PyPI’s limits on key sets', 'quack-oauth#15'],
  needs: ['keysInEffect', 'now'],
  find: ({ keysInEffect, now, policy }) =>
    keysInEffect
      .filter(({ source }) => policy.keys[source] !== undefined)
      .flatMap((answer) => faultsOf(answer, now).map((fault) => ({ path: ['keys', answer.source], ...fault }))),
})

type Fault = Pick<Found, 'message' | 'severity'>

function faultsOf({ set, bytes = 0 }: SourceKeys, now: number): Fault[] {
  const keys = set.keys ?? []
  const isSecret = keys.some((jwk) => {
    const reading = readJwk(jwk)
    return !reading.ok && (reading.code === 'private_key' || reading.code === 'symmetric_key')
  })
  const kids = keys.map(kidOf)
  const named = kids.filter((kid) => kid !== null)
  const repeated = named.find((kid, at) => named.indexOf(kid) !== at)
  const faults: (Fault | false)[] = [
    isSecret && { severity: 'critical', message: 'The published set holds a private or shared key.' },
    set.status === 'unavailable' && { message: `The source gives no keys: ${set.message}` },
    set.status === 'ok' && keys.length === 0 && { message: 'The published set is empty.' },
    set.status === 'ok' &&
      set.stale !== null &&
      now - set.stale.since > fetchAgeSecondsMax && { message: 'No fetch has succeeded for more than a day.' },
    keys.length > keysMax && { message: `The set has ${keys.length} keys; ${keysMax} are more than a rotation needs.` },
    bytes > bytesMax && { message: `The set has ${Math.round(bytes / 1024)} KiB.` },
    repeated !== undefined && { message: `Two keys of the set have the id ${JSON.stringify(repeated.slice(0, 100))}.` },
    keys.length > 1 &&
      kids.includes(null) && { message: 'A key of the set has no id, so that it is chosen by trying.' },
    keys.some((jwk) => jwkMember(jwk, 'kid') !== undefined && kidOf(jwk) === null) && {
      message: 'The id of a key is not text, so that no token can name it.',
    },
  ]
  return faults.filter((fault) => fault !== false)
}
