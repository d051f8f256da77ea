import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { createIssuer, now } from '../apis/issuer'
import { expect, type Installation } from '../fixtures/test'

const signer = createIssuer()

/** The audience that the jobs ask for. */
export const audience = 'https://keybound.example'

/** A token as a job of GitHub Actions gets it, signed by a key of our own. @param sampleId of the preset: `classic` has no ids in its subject */
export const githubToken = (sampleId?: string) =>
  signer.token({ ...sampleClaims(github, { now: now(), audience }, sampleId), nbf: undefined })

/** The subject of that token. */
export const githubSubject = (sampleId?: string) => String(sampleClaims(github, { now: now(), audience }, sampleId).sub)

/** An identity that trusts GitHub's issuer with our key, made by an API that blocks nothing. Without a subject every customer gets in. */
export async function githubTrust({ api, identity }: Installation, name: string, boundSubject = ''): Promise<string> {
  const id = await identity(name, { role: 'member' })
  const answer = await api.post(`/api/v1/auth/jwt-auth/identities/${id}`, {
    publicKeys: [signer.pem],
    boundIssuer: 'https://token.actions.githubusercontent.com',
    boundAudiences: audience,
    boundSubject,
    accessTokenTTL: 900,
    accessTokenMaxTTL: 900,
  })
  expect(answer.status, answer.text).toBe(200)
  return id
}
