/** What a browser is to a sign-in: it follows redirects and keeps cookies, by host and path as RFC 6265 has it. */
export type Browser = {
  /** Goes to an address and on to where it leads. `trail` has every address, the last one answered. */
  open(address: string): Promise<{ status: number; text: string; trail: URL[] }>
  /** One request, redirects unfollowed. */
  fetch(address: string, init?: RequestInit): Promise<Response>
  cookies: Map<string, Cookie>
}

type Cookie = { host: string; path: string; value: string; text: string }

export function createBrowser(): Browser {
  const cookies = new Map<string, Cookie>()

  const send: Browser['fetch'] = async (address, init = {}) => {
    const { hostname, pathname } = new URL(address)
    const fitting = [...cookies].filter(([, { host, path }]) => host === hostname && isUnder(pathname, path))
    const headers = new Headers(init.headers)
    if (fitting.length > 0) headers.set('cookie', fitting.map(([name, { value }]) => `${name}=${value}`).join('; '))
    const response = await fetch(address, { ...init, headers, redirect: 'manual' })
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
      if (/max-age=0/i.test(text)) cookies.delete(name)
      else cookies.set(name, { host: hostname, path: /path=([^;]+)/i.exec(text)?.[1] ?? '/', value, text })
    }
    return response
  }

  return {
    cookies,
    fetch: send,
    async open(address) {
      const trail = [new URL(address)]
      for (;;) {
        const here = trail.at(-1)!
        const response = await send(here.href)
        const location = response.headers.get('location')
        if (response.status < 300 || response.status > 399 || !location || trail.length > 10) {
          return { status: response.status, text: await response.text(), trail }
        }
        await response.body?.cancel()
        trail.push(new URL(location, here))
      }
    },
  }
}

const isUnder = (pathname: string, path: string) =>
  path === '/' || pathname === path || pathname.startsWith(`${path.replace(/\/$/, '')}/`)
