import type { Page } from '@playwright/test'
import { type Issuer, now } from '../apis/issuer'
import { expect, type Installation, test as plain } from '../fixtures/test'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { editorOf } from './editor'

/** With an issuer whose keys come over TLS, by the authority that the server knows. */
export const test = plain.extend<{ peer: JwksServer }>({
  peer: async ({ place: { authority } }, use) => {
    const peer = await startJwksServer({ tls: authority.issue() })
    await use(peer)
    await peer.stop()
  },
})

export const jwkOf = ({ publicKey, alg }: Issuer, kid: string) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  alg,
  use: 'sig',
})

/** A token whose claims are JSON text, so that no number in it is rounded. */
export const tokenOf = (signer: Issuer, kid: string, iss: string, members: string) =>
  signer.signRaw(
    JSON.stringify({ alg: signer.alg, kid }),
    `{"iss":${JSON.stringify(iss)},"aud":"keybound","sub":"cam-7","iat":${now()},"exp":${now() + 600},${members}}`,
  )

/** The editor of an issuer, by the names a person sees. */
export const issuerEditorOf = (page: Page) => ({
  ...editorOf(page),
  project: page.getByLabel('Project', { exact: true }),
  roles: page.getByRole('textbox', { name: 'Roles' }),
  roleChips: page.getByRole('list', { name: 'Roles' }).getByRole('listitem'),
  permissions: page.getByLabel('Permissions', { exact: true }),
  grid: page.getByRole('grid', { name: 'Permissions by bit' }),
  bit: (bit: number) => page.getByRole('switch', { name: `Bit ${bit}`, exact: true }),
  bitsOn: page.getByRole('grid', { name: 'Permissions by bit' }).getByRole('switch', { checked: true }),
  otherNotation: (text: string) => page.getByRole('status').filter({ hasText: text }),
  allNote: page.getByRole('note').filter({ hasText: '0 means ALL permissions, not none' }),
  url: page.getByLabel('JWKS URL', { exact: true }),
  fetchKeys: page.getByRole('button', { name: 'Fetch keys now' }),
  newKeys: page.getByLabel('Add keys', { exact: true }),
  suppliedKeys: page.getByRole('list', { name: 'Supplied keys' }).getByRole('listitem'),
  keysInEffect: page.getByRole('table', { name: 'Keys in effect' }).locator('tbody').getByRole('row'),
  inEffect: page.getByRole('region', { name: 'Keys in effect' }),
})

export async function openIssuer(page: Page, id: string) {
  await page.goto(`/issuers/${id}`)
  const editor = issuerEditorOf(page)
  await expect(editor.token).toBeEditable()
  return editor
}

/** Makes an issuer by NativeFrame's API, with the body as it is; answers its internal id. */
export async function made({ api }: Installation, body: string): Promise<string> {
  const answer = await api.post('/auth/v1/issuers', undefined, {
    raw: body,
    headers: { 'content-type': 'application/json' },
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.headers.get('content-location')?.split('id:')[1] ?? ''
}

export const read = ({ api }: Installation, iss: string) => api.get(`/auth/v1/issuers/${encodeURIComponent(iss)}`)
export const rawPrm = (text: string) => /"prm":([^,}]*)/.exec(text)?.[1]
