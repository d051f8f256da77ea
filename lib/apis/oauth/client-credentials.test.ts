import { describe, expect, test } from 'vitest'
import { clientCredentials } from './client-credentials'

const basic = (text: string) => new Headers({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const none = new Headers()

describe('the credentials of an OAuth client (RFC 6749 §2.3.1)', () => {
  test('are read from Basic, form-encoded as the RFC has it and bare as many clients send it', () => {
    const expected = { clientId: '6b1f-x', secret: 'a.b_c-d' }
    expect(clientCredentials(basic('6b1f-x:a.b_c-d'), {})).toEqual(expected)
    expect(clientCredentials(basic('6b1f%2Dx:a%2Eb%5Fc%2Dd'), {})).toEqual(expected)
    expect(clientCredentials(basic('a:b:c'), {})).toEqual({ clientId: 'a', secret: 'b:c' })
    expect(clientCredentials(new Headers({ authorization: 'bASIC YTpi' }), {})).toEqual({ clientId: 'a', secret: 'b' })
  })

  test('are read from the form', () => {
    const body = { token: 't', client_id: 'a', client_secret: 'b' }
    expect(clientCredentials(none, body)).toEqual({ clientId: 'a', secret: 'b' })
    expect(clientCredentials(none, { client_secret: 'b' })).toEqual({ clientId: '', secret: 'b' })
  })

  test('are none where there is neither, or a client_id alone', () => {
    for (const body of [{}, { client_id: 'a' }, null, 'text']) expect(clientCredentials(none, body)).toBeNull()
    expect(clientCredentials(new Headers({ authorization: 'Bearer x' }), { client_id: 'a' })).toBeNull()
  })

  test('in two ways at once are a malformed request (§2.3)', () => {
    const body = { client_id: 'a', client_secret: 'b' }
    for (const headers of [basic('a:b'), new Headers({ authorization: 'Bearer x' })]) {
      expect(() => clientCredentials(headers, body)).toThrow(expect.objectContaining({ kind: 'malformed' }))
    }
    expect(() => clientCredentials(none, { client_secret: 1 })).toThrow(expect.objectContaining({ kind: 'malformed' }))
  })

  test.each(['Basic', 'Basic ', 'Basic !!!', 'Basic YQ==', `Basic ${btoa('a:%zz')}`])(
    '%o is refused',
    (authorization) => {
      const act = () => clientCredentials(new Headers({ authorization }), {})
      expect(act).toThrow(expect.objectContaining({ kind: 'unauthenticated', reason: 'client_unauthenticated' }))
    },
  )
})
