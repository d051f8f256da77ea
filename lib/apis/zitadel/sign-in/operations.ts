import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { cookieIn } from '@/lib/services/own-cookie'
import { beginSignIn } from '@/lib/services/sign-in/begin-sign-in'
import { finishSignIn } from '@/lib/services/sign-in/finish-sign-in'
import { receiveToken } from '@/lib/services/sign-in/receive-token'
import { Id } from '@/lib/trust/uuid'
import { defineOperation, type Reply } from '../../api'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const elsewhere = { status: 302, description: 'Where the browser goes on.' }

/** Parameters that a gateway sends back; others are ignored. */
const Returned = z.object({ authRequestID: z.string().optional(), userAgentID: z.string().optional() })

const callback = (method: (typeof methods)[number]) =>
  defineOperation({
    method,
    path: '/idps/jwt',
    summary: "Where a gateway brings a person's token",
    description:
      "The gateway proxies the browser here with the query it was given and the JWT in the provider's header, and relays the answer.",
    auth: 'none',
    query: Returned,
    records: ['decision', 'session.refused', 'member.added', 'member.updated'],
    success: elsewhere,
    failures: { 400: 'The state is missing, changed, used already or too old; plain text.' },
    async run(ctx, { query, headers }) {
      const arrival = { authRequestId: query.authRequestID ?? null, userAgentId: query.userAgentID ?? null, headers }
      try {
        return redirect((await receiveToken(ctx, arrival)).location)
      } catch (error) {
        if (error instanceof AppError && error.kind === 'malformed') return plain(error.message)
        throw error
      }
    },
  })

export const operations = {
  start: defineOperation({
    method: 'GET',
    path: '/idps/start/{idpId}',
    summary: 'Sign in to the dashboard through a provider',
    auth: 'none',
    params: z.object({ idpId: Id }),
    query: z.object({ next: z.string().optional().describe('The path to open in the end.') }),
    success: elsewhere,
    failures: { 429: 'Too many sign-ins begun.' },
    async run(ctx, { params, query, headers }) {
      const begun = { trustId: params.idpId, next: query.next ?? null, browser: cookieOf(headers) }
      try {
        const { location, cookies } = await beginSignIn(ctx, begun)
        return { ...redirect(location), cookies }
      } catch (error) {
        if (error instanceof AppError && error.kind === 'not-found') return failure('provider_inactive')
        throw error
      }
    },
  }),

  callback: callback('GET'),
  callbackPost: callback('POST'),
  callbackPut: callback('PUT'),
  callbackPatch: callback('PATCH'),
  callbackDelete: callback('DELETE'),

  finish: defineOperation({
    method: 'GET',
    path: '/idps/finish',
    summary: 'The last step of a sign-in to the dashboard',
    description: 'Starts the session, in the browser that began and once.',
    auth: 'none',
    query: z.object({ id: Id.prefault(''), token: z.string().prefault('') }),
    records: ['session.started', 'session.challenged'],
    success: elsewhere,
    async run(ctx, { query, headers }) {
      const finished = await finishSignIn(ctx, { ...query, browser: cookieOf(headers) })
      if ('reason' in finished) return failure(finished.reason)
      return { ...redirect(finished.path), cookies: finished.cookies }
    },
  }),
}

const redirect = (location: string): Reply => ({ body: undefined, headers: { location } })

/** Our page with the reason; relative, because the browser itself made the request. */
const failure = (reason: string) => redirect(`/sign-in/failed?${new URLSearchParams({ reason })}`)

const plain = (text: string): Reply => ({
  status: 400,
  body: `${text}.\n`,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
})

/** Returns the browser's secret from its cookies. */
const cookieOf = (headers: Headers) => cookieIn(headers, 'sign-in')
