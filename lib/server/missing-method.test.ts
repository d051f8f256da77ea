import { expect, test } from 'vitest'
import { apis } from '@/lib/apis'
import { missingMethod } from './missing-method'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const sample = (path: string) => path.replaceAll(/\{[^}]+\}/g, 'x')

test('no declared operation is refused for its method', () => {
  for (const { operations } of apis) {
    for (const { path, method } of Object.values(operations)) expect(missingMethod(method, sample(path))).toBeNull()
  }
})

test('a method that a path does not have is 405 and says which it has', () => {
  const answer = missingMethod('PATCH', '/admin/v1/idps/1234?x=1')
  expect(answer).toMatchObject({ status: 405, headers: { allow: 'DELETE, GET, PUT' } })
  // ZITADEL.md A.5: 12 UNIMPLEMENTED.
  expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code: 12, details: [] })
})

test('each API words it in its own envelope', () => {
  const bodyOf = (url: string) => JSON.parse(missingMethod('PATCH', url)?.body ?? 'null')
  expect(bodyOf('/api/v1/auth/jwt-auth/login')).toMatchObject({ statusCode: 405, error: 'MethodNotAllowed' })
  expect(bodyOf('/auth/v1/issuers')).toMatchObject({ errorCode: 'method_not_allowed', invalidFields: [] })
  expect(bodyOf('/api/admin/trusts')).toMatchObject({ statusCode: 405, reqId: expect.any(String) })
})

test('a path with fewer parameters decides', () => {
  // POST /idps/_search is one; POST /idps/{id} is none.
  expect(missingMethod('POST', '/admin/v1/idps/_search')).toBeNull()
  expect(missingMethod('GET', '/admin/v1/idps/_search')?.headers.allow).toBe('POST')
  expect(missingMethod('POST', '/admin/v1/idps/1234')?.status).toBe(405)
})

test('HEAD goes where GET does, and paths of nobody are left to whoever answers 404', () => {
  expect(missingMethod('HEAD', '/api/admin/trusts')).toBeNull()
  expect(missingMethod('HEAD', '/api/v1/auth/jwt-auth/login')?.status).toBe(405)
  for (const url of ['/', '/issuers', '/admin/v1/nothing', '/admin/v1/idps//', '/auth/v1/issuers/a/b/c']) {
    for (const method of methods) expect(missingMethod(method, url)).toBeNull()
  }
})
