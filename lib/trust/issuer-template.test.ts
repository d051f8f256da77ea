import { describe, expect, test } from 'vitest'
import { explainIssuer } from './engine/checks/issuer-difference'
import { explainTemplate, fitsTemplate, isIssuerTemplate } from './issuer-template'

const template = 'https://login.example/{tenantid}/v2.0'
const own = 'https://login.example/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0'

test('an issuer with a placeholder in braces is a template', () => {
  for (const text of [template, 'https://{tenant}.login.example', 'https://login.example/{tenant-id}']) {
    expect(isIssuerTemplate(text), text).toBe(true)
  }
  for (const text of [own, '', '{}', '{', 'https://a.example/}x{']) expect(isIssuerTemplate(text), text).toBe(false)
})

test.each<[string, string, boolean]>([
  [template, own, true],
  [template, `${own}/`, true],
  ['https://{tenant}.login.example/', 'https://acme.login.example', true],
  ['https://login.example/{a}/x/{b}', 'https://login.example/1/x/2', true],
  [template, 'https://login.example//v2.0', false],
  [template, 'https://login.example/a/b/v2.0', false],
  [template, 'https://other.example/a/v2.0', false],
  [template, 'https://login.example/a/v1.0', false],
  [template, template, false],
  [own, own, false],
])('%s stands for %s: %s', (pattern, issuer, fits) => {
  expect(fitsTemplate(pattern, issuer)).toBe(fits)
})

describe('the advice', () => {
  test('names the tenant’s own URL where a token or the trust says which tenant', () => {
    expect(explainTemplate(template, [template, own])).toContain(`the tenant’s own discovery URL, ${own},`)
  })
  test('says what to replace where neither does', () => {
    const advice = explainTemplate(template, [null, 'https://other.example'])
    expect(advice).toMatch(/Put the tenant’s own ID in the place of \{tenantid\}/)
    expect(advice).not.toContain('other.example')
  })
  test('does not lead back to the template when that was copied as the issuer', () => {
    expect(explainIssuer(template, own)).toContain(`Give the tenant’s own, ${own},`)
    expect(explainIssuer(template, own)).not.toMatch(/letter for letter/)
  })
})

test('a long template and a long issuer are compared at once', () => {
  const long = `https://a.example/${'{x}a'.repeat(500)}`
  expect(fitsTemplate(long, `https://a.example/${'a'.repeat(50_000)}`)).toBe(true)
})
