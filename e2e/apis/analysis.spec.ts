import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnalysisAnswer } from '@/lib/model/posture'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { type Installation, install } from './installation'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = 'https://token.actions.githubusercontent.com'
const keys = [{ kind: 'jwks-url', url: `${issuer}/.well-known/jwks` }]
const audience = 'https://keybound.acme.dev'
const rule = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'glob-any', values } })
const trust = (...sub: string[]) => ({ issuer, keys, rules: [rule('aud', audience), rule('sub', ...sub)] })
const main = 'repo:acme/app:ref:refs/heads/main'

async function analysed(body: object): Promise<AnalysisAnswer> {
  const answer = await here.admin.post('/api/admin/analyse', body)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

describe('what a trust accepts', () => {
  test('only the key URL of GitHub: blocked, strangers get in, and a token gives the rules that bind', async () => {
    const claims = sampleClaims(github, { now: Math.floor(Date.now() / 1000), audience })
    const { preset, findings, strangers } = await analysed({ trust: { keys }, claims })
    expect(preset?.id).toBe('github')
    const named = strangers.filter(({ admitted }) => admitted).map(({ title }) => title)
    expect(new Set(named).size).toBeGreaterThanOrEqual(2)
    const blocking = findings.filter(({ blocks }) => blocks)
    expect(blocking.map(({ id }) => id)).toEqual(expect.arrayContaining(['L01', 'L02']))
    const added = JSON.stringify(blocking.find(({ id }) => id === 'L01')?.fix?.changes)
    expect(added).toContain('repository_id')
    expect(added).toContain(claims.repository_id)

    const path = `/api/admin/identities/${await here.identity()}/trusts/jwt`
    const refused = await here.admin.post(path, { keys, rules: [] })
    expect(refused.body, refused.text).toMatchObject({ reason: 'override_needed' })
    expect(refused.body.fields.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['L01', 'L02']),
    )
    expect((await here.admin.get(path)).status).toBe(404)
  })

  test('a workspace prefix of HCP Terraform also fits another workspace, which is named', async () => {
    const terraform = 'https://app.terraform.io'
    const { parts } = await analysed({
      trust: {
        ...{ issuer: terraform, keys: [{ kind: 'oidc-discovery', url: terraform }] },
        rules: [rule('aud', audience), rule('sub', 'organization:o:project:p:workspace:w*')],
      },
    })
    const subjects = parts.flatMap(({ witness }) => witness?.subject ?? [])
    expect(subjects).toEqual(
      expect.arrayContaining([expect.stringMatching(/^organization:o:project:p:workspace:w[^:]+:run_phase:/)]),
    )
  })

  test('a wildcard beside an exact subject leaves it open', async () => {
    const tenant = ({ parts }: AnalysisAnswer) => parts.find(({ role }) => role === 'tenant')?.status
    const [open, exact] = [await analysed({ trust: trust(main, '*') }), await analysed({ trust: trust(main) })]
    expect({ open: tenant(open), exact: tenant(exact) }).toEqual({ open: 'open', exact: 'pinned' })
  })

  test('a misspelt ref accepts nothing, and the value that was meant is proposed', async () => {
    const { dead, strangers } = await analysed({ trust: trust('repo:acme/app:ref:refs/head/main') })
    expect(dead).toEqual([expect.objectContaining({ suggestion: main })])
    expect(strangers.filter(({ admitted }) => admitted)).toEqual([])
  })
})

test('the answer names the version in which a disabled trust was last enabled', async () => {
  const path = `/api/admin/identities/${await here.identity()}/trusts/jwt`
  const made = await here.admin.post(path, { ...trust(main), enabled: false })
  expect(made.status, made.text).toBe(201)
  const last = async () =>
    (await here.admin.get(`/api/admin/trusts/${made.body.id}/posture`)).body.lastEnabledVersion as unknown
  expect(await last()).toBeNull()
  await here.admin.put(path, { ...trust(main), enabled: true })
  expect(await last()).toBe(2)
  await here.admin.put(path, { ...trust(main), enabled: false })
  await here.admin.put(path, { ...trust(main, '*'), enabled: false })
  expect(await last()).toBe(2)
})
