import type { IncomingHttpHeaders } from 'node:http'
import { type RequestOptions, request } from 'node:https'

export type Asked = { status: number; headers: IncomingHttpHeaders; text: string }

/** One request over TLS with an authority of one's own, read whole; redirects unfollowed. A body is sent as a form. */
export function ask(
  address: string,
  { form, headers, ...options }: RequestOptions & { form?: Record<string, string> } = {},
): Promise<Asked> {
  const body = form ? new URLSearchParams(form).toString() : ''
  const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length }
  return new Promise((resolve, reject) => {
    const sent = request(address, {
      method: form ? 'POST' : 'GET',
      headers: { ...headers, ...(form ? type : {}) },
      ...options,
    })
    sent.on('error', reject)
    sent.on('response', async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    })
    sent.end(body)
  })
}
