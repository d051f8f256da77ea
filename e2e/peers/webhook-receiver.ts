import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ReceivedEvent = {
  id: string
  type: string
  sequence?: string
  subject: string
  data: Record<string, unknown>
}
export type WebhookReceiver = Awaited<ReturnType<typeof startWebhookReceiver>>

/** A receiver of webhooks as Standard Webhooks describes it: it takes nothing whose signature or time is wrong. */
export async function startWebhookReceiver() {
  const state = {
    secret: '',
    /** What is answered to a message that is in order. */
    status: 200,
    events: [] as ReceivedEvent[],
    /** Requests that were refused for their signature. */
    unsigned: 0,
  }
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    if (!isSigned(request, body, state.secret)) {
      state.unsigned += 1
      return void response.writeHead(401).end()
    }
    if (state.status === 200) {
      const parsed: ReceivedEvent | ReceivedEvent[] = JSON.parse(body)
      state.events.push(...(Array.isArray(parsed) ? parsed : [parsed]))
    }
    response.writeHead(state.status).end('thank you')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keybound`
  return Object.assign(state, {
    url,
    stop: async () => {
      server.closeAllConnections()
      server.close()
    },
  })
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function isSigned({ headers }: IncomingMessage, body: string, secret: string): boolean {
  const timestamp = Number(headers['webhook-timestamp'])
  if (Math.abs(Date.now() / 1000 - timestamp) > 300) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signed = `${headers['webhook-id']}.${timestamp}.${body}`
  const expected = createHmac('sha256', key).update(signed).digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .some((one) => {
      const [version, signature = ''] = one.split(',')
      const given = Buffer.from(signature, 'base64')
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
    })
}
