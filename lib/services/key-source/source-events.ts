import { hostOf } from '@/lib/model/host-of'
import type { FetchedKeys } from '@/lib/net/fetch-keys'
import { cutText } from '@/lib/trust/cut-text'
import type { keyEventKinds } from './key-changes'
import { toDiscovery, toTls } from './key-source-row'

/** An event in the timeline of a source. */
export type SourceEvent = {
  kind:
    | 'reached'
    | 'failed'
    | 'recovered'
    | 'jwks-uri-moved'
    | 'issuer-changed'
    | 'certificate-changed'
    | (typeof keyEventKinds)[number]
  kid?: string | null
  message: string
}

type Before = {
  lastSuccessAt: Date | null
  failingSince: Date | null
  reason: string | null
  tls: string | null
  discovery: string | null
}

/** An outage writes one line at its beginning, one whenever its reason changes, and one every so often. */
const failureEverySeconds = 3_600

/** Events of a fetch that concern the source itself, not its keys; none where nothing changed. */
export function sourceEvents(input: {
  before: Before | null
  result: FetchedKeys
  at: Date
  lastFailureEventAt: Date | null
}): SourceEvent[] {
  const { before, result, at, lastFailureEventAt } = input
  const { keySet } = result
  if (keySet.status !== 'ok') {
    const goesOn = before?.failingSince && before.reason === keySet.reason
    const isTold =
      lastFailureEventAt !== null &&
      lastFailureEventAt <= at &&
      at.getTime() - lastFailureEventAt.getTime() < failureEverySeconds * 1000
    return goesOn && isTold ? [] : [{ kind: 'failed', message: keySet.message }]
  }
  return [
    ...(before?.lastSuccessAt ? [] : [reached(keySet.keys.length)]),
    ...(before?.lastSuccessAt && before.failingSince ? [recovered(before.failingSince, at)] : []),
    ...(before ? changesOfDocuments(before, result) : []),
  ]
}

const reached = (count: number): SourceEvent => ({
  kind: 'reached',
  message: `The keys were fetched for the first time: ${count === 1 ? 'one key' : `${count} keys`}.`,
})

function recovered(since: Date, at: Date): SourceEvent {
  const minutes = Math.max(1, Math.round((at.getTime() - since.getTime()) / 60_000))
  return { kind: 'recovered', message: `The source answers again after ${minutes} min.` }
}

function changesOfDocuments(before: Before, { tls, discovery }: FetchedKeys): SourceEvent[] {
  const events: SourceEvent[] = []
  const told = toDiscovery(before)
  if (told && discovery && hostOf(told.jwksUri) !== hostOf(discovery.jwksUri)) {
    const [from, to] = [hostOf(told.jwksUri), hostOf(discovery.jwksUri)]
    events.push({ kind: 'jwks-uri-moved', message: `The jwks_uri moved from ${from} to ${to}.` })
  }
  if (told && discovery && told.issuer !== discovery.issuer) {
    const [from, to] = [cutText(told.issuer, 200), cutText(discovery.issuer, 200)]
    events.push({
      kind: 'issuer-changed',
      message: `The discovery document names ${to} as its issuer, no longer ${from}.`,
    })
  }
  const shown = toTls(before)
  if (shown && tls && shown.fingerprint !== tls.fingerprint) {
    const until = new Date(tls.notAfter * 1000).toISOString().slice(0, 10)
    events.push({
      kind: 'certificate-changed',
      message: `The host shows another TLS certificate, valid until ${until}.`,
    })
  }
  return events
}
