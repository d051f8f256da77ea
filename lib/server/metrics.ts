import { createHash, timingSafeEqual } from 'node:crypto'
import { type Db, db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { metricsText } from '@/lib/services/metrics/metrics'
import { type Answer, plainText } from './answer'
import { type ApiRequest, headerOf } from './api-request'

/** The route: this process's numbers and settings. */
export const metrics = (request: Pick<ApiRequest, 'headers' | 'sent'>) =>
  answerMetrics(request, { db, token: env().METRICS_TOKEN, now: new Date() })

type Deps = { db: () => Db; token: string | undefined; now: Date }

/** Prometheus' page: not there unless a token is set, and then only for who brings it. */
export async function answerMetrics(
  request: Pick<ApiRequest, 'headers' | 'sent'>,
  { db, token, now }: Deps,
): Promise<Answer> {
  const headers = { 'cache-control': 'no-store', 'content-type': plainText }
  if (token === undefined) return { status: 404, headers, body: 'Not found\n' }
  const given = /^Bearer +(\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1]
  if (given === undefined || !isSame(given, token)) {
    const challenge = { ...headers, 'www-authenticate': 'Bearer' }
    return { status: 401, headers: challenge, body: 'Send METRICS_TOKEN as `Authorization: Bearer …`.\n' }
  }
  const { type, text } = await metricsText(db(), now)
  return { status: 200, headers: { ...headers, 'content-type': type }, body: text }
}

/** Takes as long for a good guess as for a bad one, whatever their lengths. */
const isSame = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))

const digest = (text: string) => createHash('sha256').update(text).digest()
