import type { IdentityKind, StandaloneKind } from '@/lib/trust/kinds'
import { isPattern } from '@/lib/trust/matchers/glob'
import type { ClaimRule } from '@/lib/trust/policy'

/** A snippet for one place that logs in. `language` names its syntax. */
export type Snippet = { id: string; title: string; where: string; language: string; code: string }

export type SnippetInput = {
  /** Origin of this installation, without a trailing slash. */
  origin: string
  identityId: string
  kind: IdentityKind
  /** First accepted audience without pattern characters; null = none. */
  audience: string | null
}

/** Returns snippets that log in with the saved trust. Pure. */
export function snippetsOf(input: SnippetInput): Snippet[] {
  const audience = input.audience ?? input.origin
  const url = `${input.origin}/api/v1/auth/${input.kind}-auth/login`
  return [
    { id: 'curl', title: 'curl', where: 'Any shell, with the token in $JWT', language: 'sh', code: curl(url, input) },
    { id: 'node', title: 'Node', where: 'Node 20 or newer', language: 'js', code: node(url, input) },
    {
      id: 'github',
      title: 'GitHub Actions',
      where: '.github/workflows/deploy.yml',
      language: 'yaml',
      code: github(url, input, audience),
    },
    { id: 'gitlab', title: 'GitLab CI', where: '.gitlab-ci.yml', language: 'yaml', code: gitlab(url, input, audience) },
    {
      id: 'kubernetes',
      title: 'Kubernetes',
      where: 'A pod with a projected service account token',
      language: 'yaml',
      code: kubernetes(url, input, audience),
    },
  ]
}

/** Returns the first audience of the rules without pattern characters; null without one. */
export function plainAudience(rules: readonly ClaimRule[]): string | null {
  const rule = rules.find(({ path, matcher }) => path === 'aud' && 'values' in matcher)
  const values = rule && 'values' in rule.matcher ? rule.matcher.values : []
  return values.find((value) => !isPattern(value)) ?? null
}

/** Puts the audience into a snippet that names it as `$AUD`: written out where it needs no quoting, else as a variable. */
export const withAudience = (snippet: string, audience: string): string =>
  /^[\w.:/@-]+$/.test(audience) ? snippet.replaceAll('$AUD', audience) : `AUD=${shellWord(audience)}\n${snippet}`

/** Quotes a text as one word of a POSIX shell. */
export const shellWord = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

// A JWT has no characters to escape in JSON.
function login(url: string, identityId: string, token: string): string[] {
  return [
    `curl --fail-with-body --silent --show-error ${shellWord(url)} \\`,
    `  --header 'content-type: application/json' \\`,
    `  --data "{\\"identityId\\":\\"${identityId}\\",\\"jwt\\":\\"${token}\\"}"`,
  ]
}

function curl(url: string, { identityId }: SnippetInput): string {
  return login(url, identityId, '$JWT').join('\n')
}

/** Returns a command that logs in by an issuer, with the token in $JWT. */
export const issuerLogin = (origin: string) =>
  [
    `curl --fail-with-body --silent --show-error ${shellWord(`${origin}/auth/v1/tokens`)} \\`,
    `  --header 'content-type: application/json' \\`,
    `  --data "{\\"token\\":\\"$JWT\\"}"`,
  ].join('\n')

/**
 * Returns a login command with this token; show it on request only. The text may be hostile, so it is quoted for the
 * shell.
 */
export function loginWithToken(
  origin: string,
  place: { identityId: string; kind: IdentityKind } | { kind: StandaloneKind },
  token: string,
): string {
  const [path, body] =
    'identityId' in place
      ? [`/api/v1/auth/${place.kind}-auth/login`, { identityId: place.identityId, jwt: token }]
      : ['/auth/v1/tokens', { token }]
  return [
    `curl --fail-with-body --silent --show-error ${shellWord(`${origin}${path}`)} \\`,
    `  --header 'content-type: application/json' \\`,
    `  --data ${shellWord(plainJson(body))}`,
  ].join('\n')
}

/** JSON in visible ASCII: terminals treat control characters of pasted text as keys. */
const plainJson = (value: unknown) =>
  JSON.stringify(value).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

function node(url: string, { identityId }: SnippetInput): string {
  return `const response = await fetch(${JSON.stringify(url)}, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ identityId: ${JSON.stringify(identityId)}, jwt: process.env.JWT }),
})
if (!response.ok) throw new Error(\`Login refused (\${response.status}): \${await response.text()}\`)
const { accessToken, expiresIn } = await response.json()`
}

function github(url: string, { identityId }: SnippetInput, audience: string): string {
  const script = [
    'JWT=$(curl --fail --silent --show-error --get "$ACTIONS_ID_TOKEN_REQUEST_URL" \\',
    `  --data-urlencode ${shellWord(`audience=${audience}`)} \\`,
    '  --header "authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" | jq -r .value)',
    ...accessToken(url, identityId, '$JWT'),
    'echo "::add-mask::$ACCESS_TOKEN"',
    'echo "ACCESS_TOKEN=$ACCESS_TOKEN" >> "$GITHUB_ENV"',
  ]
  return `permissions:
  id-token: write
  contents: read

jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - name: Log in to Keybound
        run: |
${indent(script, 10)}`
}

function gitlab(url: string, { identityId }: SnippetInput, audience: string): string {
  return `deploy:
  id_tokens:
    KEYBOUND_JWT:
      aud: ${yamlText(audience)}
  script:
    - |
${indent(accessToken(url, identityId, '$KEYBOUND_JWT'), 6)}`
}

function kubernetes(url: string, { identityId }: SnippetInput, audience: string): string {
  const script = ['JWT=$(cat /var/run/secrets/keybound/token)', ...login(url, identityId, '$JWT')]
  return `apiVersion: v1
kind: Pod
metadata:
  name: keybound-login
spec:
  serviceAccountName: default
  restartPolicy: Never
  containers:
    - name: login
      image: curlimages/curl
      command:
        - sh
        - -c
        - |
${indent(script, 10)}
      volumeMounts:
        - name: keybound-token
          mountPath: /var/run/secrets/keybound
          readOnly: true
  volumes:
    - name: keybound-token
      projected:
        sources:
          - serviceAccountToken:
              path: token
              audience: ${yamlText(audience)}
              expirationSeconds: 600`
}

function accessToken(url: string, identityId: string, token: string): string[] {
  const [first = '', ...rest] = login(url, identityId, token)
  const last = rest.pop() ?? ''
  return [`ACCESS_TOKEN=$(${first}`, ...rest, `${last} | jq -r .accessToken)`]
}

const indent = (lines: readonly string[], spaces: number) =>
  lines.map((line) => `${' '.repeat(spaces)}${line}`).join('\n')

/** Quotes a text as a YAML scalar: JSON strings are YAML (YAML 1.2 §1.3). */
const yamlText = (text: string) => JSON.stringify(text)
