import { expect, test } from 'vitest'
import { wireFormatOf } from './wire-format'

test.each([
  ['application/grpc', { protocol: 'grpc', isJson: false, isText: false }],
  ['application/grpc+proto', { protocol: 'grpc', isJson: false, isText: false }],
  ['application/grpc+json', { protocol: 'grpc', isJson: true, isText: false }],
  ['application/grpc-web', { protocol: 'grpc-web', isJson: false, isText: false }],
  ['Application/gRPC-Web+Proto', { protocol: 'grpc-web', isJson: false, isText: false }],
  ['application/grpc-web+json', { protocol: 'grpc-web', isJson: true, isText: false }],
  ['application/grpc-web-text', { protocol: 'grpc-web', isJson: false, isText: true }],
  ['application/grpc-web-text+proto', { protocol: 'grpc-web', isJson: false, isText: true }],
  ['application/json', { protocol: 'connect', isJson: true, isText: false }],
  ['application/json; charset=utf-8', { protocol: 'connect', isJson: true, isText: false }],
  ['application/proto', { protocol: 'connect', isJson: false, isText: false }],
])('%s is known', (contentType, format) => {
  expect(wireFormatOf(contentType)).toMatchObject(format)
})

test.each([
  '',
  'text/plain',
  'application/grpc-web+xml',
  'application/grpcs',
  'application/connect+json',
  'application/octet-stream',
  'multipart/form-data',
])('%j is no call', (contentType) => {
  expect(wireFormatOf(contentType)).toBeNull()
})
