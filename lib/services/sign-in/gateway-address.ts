import { base64url } from 'jose'
import { seal, unseal } from '../installation/seal'

/**
 * Where the browser is sent: the gateway's page with what it has to give back. The parameters' names are ZITADEL's, which
 * gateways know; what `userAgentID` seals is only that this server began the intent named by `authRequestID`.
 */
export async function gatewayAddress(jwtEndpoint: string, intentId: string): Promise<string> {
  const url = new URL(jwtEndpoint)
  url.searchParams.set('authRequestID', intentId)
  url.searchParams.set('userAgentID', base64url.encode(await seal('sign-in-state', intentId)))
  return url.href
}

/** The intent a gateway gave back; null when a parameter is missing, changed, or belongs to another. */
export async function intentOf(authRequestId: string | null, userAgentId: string | null): Promise<string | null> {
  if (!authRequestId || !userAgentId) return null
  try {
    const sealed = new TextDecoder().decode(base64url.decode(userAgentId))
    return (await unseal('sign-in-state', sealed)) === authRequestId ? authRequestId : null
  } catch {
    return null
  }
}
