/** An answer, read whole: `body` is the parsed JSON, or the text where it is none. */
export type Answer = {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a stranger answers; the tests say what it must be
  body: any
}

export type CallOptions = {
  headers?: Record<string, string>
  /** Sent as it is, in place of a JSON body. */
  raw?: string | Uint8Array<ArrayBuffer>
}

/** A stranger's client of the API: one address, and at most one credential. */
export type Client = {
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>
  get(path: string, options?: CallOptions): Promise<Answer>
  post(path: string, body?: unknown, options?: CallOptions): Promise<Answer>
  patch(path: string, body?: unknown, options?: CallOptions): Promise<Answer>
  put(path: string, body?: unknown, options?: CallOptions): Promise<Answer>
  delete(path: string, options?: CallOptions): Promise<Answer>
  /** The same address with other headers on every call. */
  as(headers: Record<string, string>): Client
}

/**
 * Speaks HTTP to a server. Redirects are answers, not followed.
 * @param own headers of every call, which `as` replaces
 * @param always headers of every call, also of clients made with `as`
 */
export function createClient(
  baseUrl: string,
  own: Record<string, string> = {},
  always: Record<string, string> = {},
): Client {
  const call: Client['call'] = async (method, path, body, { headers = {}, raw } = {}) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const type: Record<string, string> = sent === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { ...type, ...always, ...own, ...headers },
      redirect: 'manual',
      ...(sent === undefined ? {} : { body: sent }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parsed(text) }
  }
  return {
    call,
    get: (path, options) => call('GET', path, undefined, options),
    post: (path, body, options) => call('POST', path, body, options),
    patch: (path, body, options) => call('PATCH', path, body, options),
    put: (path, body, options) => call('PUT', path, body, options),
    delete: (path, options) => call('DELETE', path, undefined, options),
    as: (headers) => createClient(baseUrl, headers, always),
  }
}

/** An Authorization header. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
