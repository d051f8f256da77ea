import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Answer, Client } from './client'
import type { Installation } from './installation'
import { createIssuer, type Issuer, now } from './issuer'

export const base = '/auth/v1/issuers'
export const at = (iss: string) => `${base}/${encodeURIComponent(iss)}`
export const newIss = () => `https://issuer.example/${randomUUID()}`
export const jwkOf = ({ publicKey }: Issuer, kid = 'k1') => ({ ...publicKey.export({ format: 'jwk' }), kid })

/** Every documented field, as an issuer is answered that was given only what it needs. */
export const defaults = { JWKsURL: '', aud: [], roles: [], prm: 0, internal: false, static: false, keys: [] }

/** The documented error body, exactly; answers the wrong fields by name and code. */
export function expectError({ status, body, headers }: Answer, expected: { status: number; errorCode: string }) {
  expect({ status, errorCode: body.errorCode }, JSON.stringify(body)).toEqual(expected)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(body).toEqual({
    message: expect.any(String),
    errorCode: expected.errorCode,
    invalidFields: expect.any(Array),
  })
  return body.invalidFields.map((field: { name: string; errorCode: string }) => {
    expect(field).toEqual({ name: expect.any(String), reason: expect.any(String), errorCode: expect.any(String) })
    return `${field.name} ${field.errorCode}`
  })
}

export const invalid = (answer: Answer) => expectError(answer, { status: 400, errorCode: 'validation_failed' })
export const notFound = (answer: Answer) => expectError(answer, { status: 404, errorCode: 'issuer_not_found' })

/** The text between `"prm":` and what follows, so that no reader of JSON has rounded it. */
export const rawPrm = (text: string) => /"prm":([^,}]*)/.exec(text)?.[1]
export const payloadText = (token: string) => Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()

/** Makes issuers and uses them, as the installation's admin unless another is named. */
export const issuerCalls = (installation: () => Installation) => ({
  async made(more: Record<string, unknown> = {}, client: Client = installation().admin) {
    const signer = createIssuer()
    const iss = newIss()
    const sent = { iss, project: { id: 'video' }, keys: [jwkOf(signer)], ...more }
    const answer = await client.post(base, sent)
    expect(answer.status, answer.text).toBe(201)
    /** A token of this issuer; `claims` may hold raw JSON text for numbers that JavaScript would round. */
    const token = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = { kid: 'k1' }) =>
      signer.token({ iss, ...claims }, header)
    const raw = (members: string) =>
      signer.signRaw(
        JSON.stringify({ alg: signer.alg, kid: 'k1' }),
        `{"iss":${JSON.stringify(iss)},"sub":"cam-7","exp":${now() + 600},${members}}`,
      )
    return { iss, signer, answer, sent, token, raw }
  },
  login: (token: string, more: object = {}) => installation().anonymous.post('/auth/v1/tokens', { token, ...more }),
  try_: (iss: string, token: string, client = installation().admin) => client.post(`${at(iss)}/test`, { token }),
  introspect: (token: string) => installation().admin.post('/api/v1/auth/token/introspect', { token }),
})
