import { shellWord } from '@/lib/client/snippets'

/** Settings of a provider that a gateway needs. The endpoint may be empty or no URL while it is typed. */
export type GatewayInput = {
  /** Origin of this installation, without a trailing slash. */
  origin: string
  jwtEndpoint: string
  /** '' = Authorization. */
  headerName: string
}

/** Returns the callback that a gateway proxies the browser to. */
export const callbackOf = (origin: string) => `${origin}/idps/jwt`

/**
 * Returns an nginx configuration of the gateway (docs/apis/zitadel.md, "Signing in through a gateway"): it authenticates the
 * person at the application, replaces what the browser sent in the token's header, passes the query on and relays the answer
 * without following it. Pure.
 */
export function nginxSnippet({ origin, jwtEndpoint, headerName }: GatewayInput): string {
  const { host, path } = placeOf(jwtEndpoint)
  const header = headerName || 'Authorization'
  const session = path === '/session' ? '/session-of-browser' : '/session'
  return `# In the server block of ${host}
location = ${nginxWord(path)} {
  # Who is this? The application answers with their token.
  auth_request      ${session};
  auth_request_set  $keybound_jwt $upstream_http_x_issued_jwt;

  # Replaces what the browser sent under this name.
  proxy_set_header  ${nginxWord(header)} $keybound_jwt;
${header.toLowerCase() === 'cookie' ? '' : '  proxy_set_header  Cookie "";\n'}
  # The query is passed on, the answer goes to the browser.
  proxy_pass        ${callbackOf(origin)};
  proxy_redirect    off;
${origin.startsWith('https:') ? verifiedTls : ''}}

# Your application: 200 with the token in X-Issued-Jwt,
# or 401 without a session.
location = ${session} {
  internal;
  proxy_pass               http://127.0.0.1:8080/session;
  proxy_pass_request_body  off;
  proxy_set_header         Content-Length "";
}`
}

// nginx verifies no upstream by default, and the token allows a sign-in.
const verifiedTls = `
  proxy_ssl_server_name  on;
  proxy_ssl_verify       on;
  proxy_ssl_trusted_certificate
    /etc/ssl/certs/ca-certificates.crt;
`

/** Returns commands for the sample of examples/zitadel-gateway with this provider. It is gateway and issuer at once. */
export function sampleCommand({ origin, headerName }: Omit<GatewayInput, 'jwtEndpoint'>): string {
  const header = headerName || 'Authorization'
  return `PORT=${samplePort} KEYBOUND=${shellWord(origin)} HEADER=${shellWord(header)} \\
  node examples/zitadel-gateway/gateway.mjs`
}

const samplePort = 5080

/** Origins of the sample: its issuer, and what Keybound must be allowed to fetch keys from. */
export const sampleOrigin = `http://127.0.0.1:${samplePort}`

/** Returns host and path of the endpoint, or an example's. nginx compares decoded paths. */
function placeOf(jwtEndpoint: string): { host: string; path: string } {
  const url = URL.canParse(jwtEndpoint) ? new URL(jwtEndpoint) : new URL('https://portal.example.com/auth/jwt')
  return { host: url.host, path: decoded(url.pathname) }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Quotes a text as one word of nginx's configuration. */
function nginxWord(text: string): string {
  return /^[\w/.~@%+=,-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}
