import { createHash, timingSafeEqual } from 'node:crypto'
import { type Db, db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { metricsText } from '@/lib/services/metrics/metrics'
import type { ApiRequest } from './api-request'

/** The route: this process's numbers and settings. */
export const metrics = (request: Pick<ApiRequest, 'headers'>) =>
  answerMetrics(request, { db, token: env().METRICS_TOKEN, now: new Date() })

type Deps = { db: () => Db; token: string | undefined; now: Date }

/** Prometheus' page: not there unless a token is set, and then only for who brings it. */
export async function answerMetrics(request: Pick<ApiRequest, 'headers'>, { db, token, now }: Deps): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  if (token === undefined) return new Response('Not found\n', { status: 404, headers })
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (given === undefined || !isSame(given, token)) {
    const challenge = { ...headers, 'www-authenticate': 'Bearer' }
    return new Response('Send METRICS_TOKEN as `Authorization: Bearer …`.\n', { status: 401, headers: challenge })
  }
  const { type, text } = await metricsText(db(), now)
  return new Response(text, { headers: { ...headers, 'content-type': type } })
}

/** Takes as long for a good guess as for a bad one, whatever their lengths. */
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))

const digest = (text: string) => createHash('sha256').update(text).digest()
