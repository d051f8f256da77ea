import { create, fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf'
import { AddJWTProviderRequestSchema } from '@zitadel/proto/zitadel/admin_pb.js'
import { describe, expect, test } from 'vitest'
import { apis } from '..'
import { loadDescriptors } from './descriptors'
import { zitadelServices } from './services'

/** A browser's way through a sign-in is no call. */
const withoutRpc = ['zitadel-sign-in']

test('every operation of ZITADEL is a method of a service', () => {
  const served = new Set(
    zitadelServices.flatMap(({ api, methods }) => Object.values(methods).map((name) => `${api.name}.${name}`)),
  )
  const operations = apis
    .filter(({ name }) => name.startsWith('zitadel-') && !withoutRpc.includes(name))
    .flatMap(({ name, operations }) => Object.keys(operations).map((operation) => `${name}.${operation}`))
  expect(operations.length).toBeGreaterThan(30)
  expect(operations.filter((operation) => !served.has(operation))).toEqual([])
})

describe.each(zitadelServices)('$name', ({ name, api, methods }) => {
  test.each(Object.entries(methods))('%s is a unary method, and %s an operation', async (method, operation) => {
    const { service } = await loadDescriptors(name)
    expect(service.methods.find((one) => one.name === method)?.methodKind).toBe('unary')
    expect(Object.keys(api.operations)).toContain(operation)
  })

  test.each(Object.entries(methods))('the message of %s names all that its path does', async (method, operation) => {
    const { service } = await loadDescriptors(name)
    const fields = service.methods.find((one) => one.name === method)!.input.fields.map(({ jsonName }) => jsonName)
    const named = [...api.operations[operation]!.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter!)
    for (const parameter of named) {
      expect(fields.some((field) => field === parameter || (parameter === 'idpId' && field === 'id'))).toBe(true)
    }
  })
})

describe('the audience, which ZITADEL added after its published package', () => {
  const provider = { name: 'n', issuer: 'i', jwtEndpoint: 'j', keysEndpoint: 'k', headerName: 'h' }

  test.each([
    ['zitadel.admin.v1.AdminService', 'AddJWTProvider', 7],
    ['zitadel.admin.v1.AdminService', 'UpdateJWTProvider', 8],
    ['zitadel.management.v1.ManagementService', 'AddJWTProvider', 7],
    ['zitadel.management.v1.ManagementService', 'UpdateJWTProvider', 8],
  ])('%s/%s reads it', async (serviceName, methodName, number) => {
    const { service } = await loadDescriptors(serviceName)
    const { input } = service.methods.find(({ name }) => name === methodName)!
    // Field number and wire type 2, a length, the text.
    const sent = Uint8Array.from([(number << 3) | 2, 3, 0x61, 0x70, 0x69])
    expect(toJson(input, fromBinary(input, sent))).toEqual({ audience: 'api' })
  })

  test.each([
    ['zitadel.admin.v1.AdminService', 'GetProviderByID'],
    ['zitadel.management.v1.ManagementService', 'GetProviderByID'],
    ['zitadel.idp.v2.IdentityProviderService', 'GetIDPByID'],
  ])('%s/%s answers it', async (serviceName, methodName) => {
    const { service } = await loadDescriptors(serviceName)
    const { output } = service.methods.find(({ name }) => name === methodName)!
    const answer = { idp: { config: { jwt: { issuer: 'i', audience: 'api' } } } }
    expect(toJson(output, fromJson(output, answer))).toEqual(answer)
  })

  test('a message of an older client is read as before', async () => {
    const { service } = await loadDescriptors('zitadel.admin.v1.AdminService')
    const { input } = service.methods.find(({ name }) => name === 'AddJWTProvider')!
    const sent = toBinary(AddJWTProviderRequestSchema, create(AddJWTProviderRequestSchema, provider))
    expect(toJson(input, fromBinary(input, sent))).toEqual(provider)
  })
})
