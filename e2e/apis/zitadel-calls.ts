import { expect } from 'vitest'
import type { Answer } from './client'
import type { Installation } from './installation'

/** The seed's own curl line, but for the host and the token. */
export const config = {
  jwtEndpoint: 'https://custom.com/auth/jwt',
  issuer: 'https://accounts.custom.com',
  keysEndpoint: 'https://accounts.custom.com/keys',
  headerName: 'x-auth-token',
}
/** A moment, as they are answered. */
export const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** What `details` always are. */
export const details = {
  sequence: expect.stringMatching(/^[1-9]\d*$/),
  creationDate: date,
  changeDate: date,
  resourceOwner: expect.any(String),
}

export const idps = '/admin/v1/idps'
export const fresh = () => `provider ${crypto.randomUUID()}`

/** The body of an answer that must be 200. */
export async function ok(answer: Promise<Answer>) {
  const { status, text, body } = await answer
  expect(status, text).toBe(200)
  return body
}

/** ZITADEL's envelope, exactly: `details` is always a list, with the id of the place that said it where it has one. */
export function expectError(
  { status, body, headers }: Answer,
  expected: { status: number; code: number; id?: string },
) {
  expect({ status, code: body.code }, JSON.stringify(body)).toEqual({ status: expected.status, code: expected.code })
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(Object.keys(body).sort()).toEqual(['code', 'details', 'message'])
  if (expected.id) {
    expect(body.message).toMatch(new RegExp(`.+ \\(${expected.id}\\)$`))
    expect(body.details).toEqual([
      { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id: expected.id, message: expect.any(String) },
    ])
  } else expect(body.details).toEqual(expect.any(Array))
}

/** Adds and reads providers as the installation's admin. */
export const idpCalls = (installation: () => Installation) => ({
  add: async (fields: Record<string, unknown> = {}, base = idps): Promise<string> =>
    (await ok(installation().admin.post(`${base}/jwt`, { name: fresh(), ...config, ...fields }))).idpId,
  addTemplate: async (fields: Record<string, unknown> = {}): Promise<string> =>
    (await ok(installation().admin.post(`${idps}/generic_jwt`, { name: fresh(), ...config, ...fields }))).id,
  legacy: async (id: string) => (await ok(installation().admin.get(`${idps}/${id}`))).idp,
  template: async (id: string) => (await ok(installation().admin.get(`${idps}/templates/${id}`))).idp,
})
