import { connect } from 'node:net'

/** The bytes that a server wrote on a connection until it closed it or had answered `answers` times. */
export async function exchange(baseUrl: string, sent: string, { answers = 1 } = {}): Promise<string> {
  const { hostname, port } = new URL(baseUrl)
  const socket = connect(Number(port), hostname)
  socket.write(sent)
  let text = ''
  for await (const chunk of socket) {
    text += chunk
    if (complete(text) >= answers) break
  }
  socket.destroy()
  return text
}

/** How many whole answers a text holds. One in chunks must be the last. */
function complete(text: string): number {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return 0
  if (/^transfer-encoding: chunked$/im.test(text.slice(0, head))) return text.endsWith('0\r\n\r\n') ? 1 : 0
  const length = /^content-length: (\d+)$/im.exec(text.slice(0, head))?.[1]
  const isEmpty = /^HTTP\/1\.1 204 /.test(text)
  const end = head + 4 + (isEmpty ? 0 : Number(length))
  return Buffer.byteLength(text) < end || Number.isNaN(end) ? 0 : 1 + complete(text.slice(end))
}
