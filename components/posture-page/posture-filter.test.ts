import { expect, test } from 'vitest'
import { toPostureFilter } from './posture-filter'

const read = (query: string) => {
  const search = new URLSearchParams(query)
  return toPostureFilter((name) => search.get(name))
}

test('the filters of a link are kept', () => {
  expect(read('severity=critical&rule=L01&method=jwt&muted=true')).toEqual({
    ...{ severity: 'critical', rule: 'L01', method: 'jwt', muted: 'true' },
  })
})

test('values that are no filter are ignored, never sent', () => {
  expect(read('severity=worst&rule=../x&method=saml&muted=false')).toEqual({})
  expect(read('')).toEqual({})
})
