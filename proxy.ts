import { type NextRequest, NextResponse } from 'next/server'
import { contentSecurityPolicy } from '@/lib/server/content-security-policy'

/** Gives every page a nonce and the policy that holds it to our own origin. Next puts the nonce on its own scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64')
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

// Next reads this without running it. APIs never come here; files under _next are no documents.
export const config = { matcher: ['/((?!_next/).*)'] }
