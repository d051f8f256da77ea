import { describe, expect, test } from 'vitest'
import { cloudTokens } from './real-tokens/clouds'
import { forgeTokens } from './real-tokens/forges'
import { pipelineTokens } from './real-tokens/pipelines'
import { workloadTokens } from './real-tokens/workloads'
import { recognise } from './recognise'

const tokens = [...forgeTokens, ...pipelineTokens, ...cloudTokens, ...workloadTokens]

test('each token says where it is from', () => {
  expect(tokens.filter(({ source }) => source.length < 10)).toEqual([])
  expect(new Set(tokens.map(({ title }) => title)).size).toBe(tokens.length)
})

describe.each(tokens.map((token) => [token.title, token] as const))('%s', (_, token) => {
  const recognised = recognise(token.claims)

  test('has the preset, the issuer and the subject format of its platform', () => {
    expect(recognised.preset?.id).toBe(token.preset)
    expect(recognised.variant?.id).toBe(token.variant)
    expect(recognised.format?.id ?? null).toBe(token.format)
  })

  test('holds no claim that is unknown, or of a type that the platform is not said to send', () => {
    expect(recognised.unknown).toEqual(token.ownClaims ?? [])
    expect(recognised.classes.filter(({ fault }) => fault !== null)).toEqual([])
  })

  test('says the facts of its job', () => {
    expect(recognised.facts).toMatchObject(token.facts)
  })
})

describe('an issuer that only looks like one', () => {
  const claimsOf = (preset: string) => tokens.find((token) => token.preset === preset)!.claims

  test.each([
    ['github', 'https://token.actions.githubusercontent.com.attacker.example'],
    ['github', 'https://token.actions.githubusercontent.com/acme/extra'],
    ['github', 'http://token.actions.githubusercontent.com'],
    ['fly', 'https://oidc.fly.io/acme/extra'],
    ['vercel', 'https://oidc.vercel.com.attacker.example/acme'],
    ['env0', 'https://login.app.env0.com'],
    ['azure-devops-pipeline', 'https://vstoken.dev.azure.com/acme'],
    ['cloudflare-access', 'https://cloudflareaccess.com'],
    ['eks', 'https://oidc.eks.us-west-2.amazonaws.com/id/8EBD00000000000000000000000000AE/x'],
  ])('claims of %s from %s are not of that platform', (preset, iss) => {
    expect(recognise({ ...claimsOf(preset), iss }).preset?.id).not.toBe(preset)
  })

  test('GitHub’s claims from a Forgejo server are Forgejo’s', () => {
    const { preset } = recognise({ ...claimsOf('github'), iss: 'https://git.acme.example/api/actions' })
    expect(preset?.id).toBe('forgejo')
    expect(preset?.mustNotBe).toContain('github')
  })

  test('GitHub’s claims from an unknown issuer are told to look like GitHub’s', () => {
    const { preset, looksLike } = recognise({ ...claimsOf('github'), iss: 'https://issuer.attacker.example' })
    expect(preset).toBeNull()
    expect(looksLike?.preset.id).toBe('github')
  })
})

test('a published JWT-SVID without an issuer looks like SPIFFE’s, and is of no preset', () => {
  const { preset, looksLike } = recognise({
    aud: ['external-authorization-server'],
    exp: 1729087175,
    iat: 1729086875,
    sub: 'spiffe://example.org/myservice',
  })
  expect(preset).toBeNull()
  expect(looksLike?.preset.id).toBe('spiffe')
})

test('a claim that the platform does not send is unknown, and one of a wrong type is named', () => {
  const { claims } = tokens.find(({ preset }) => preset === 'github')!
  const { unknown, classes } = recognise({ ...claims, repository_name: 'x', ref_protected: true })
  expect(unknown).toEqual(['repository_name'])
  expect(classes.filter(({ fault }) => fault !== null).map(({ path }) => path)).toEqual(['ref_protected'])
})
