import type { TrustKey } from '@/lib/services/trust/find-trust'
import { issuer } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import type { Stored } from './parse-issuer'

/** Returns the key of the issuer in a path: its `iss`, or `id:<uuid>` for clients behind a proxy that decodes `%2F`. */
export function toKey(inPath: string): TrustKey {
  const id = /^id:([0-9a-f-]{36})$/i.exec(inPath)?.[1]
  return id === undefined ? { soleIssuer: inPath, kind: issuer.kind } : { id: id.toLowerCase(), kind: issuer.kind }
}

/** Returns what a replacing body must agree with. */
export function toReplaceable(trust: Trust): Stored {
  const { internal, static: isStatic } = issuer.is(trust) ? trust.options : { internal: false, static: false }
  return { iss: trust.issuer ?? '', internal, static: isStatic }
}
