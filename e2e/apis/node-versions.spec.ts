import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startKeybound } from '../fixtures/keybound'
import { nodeOfMajor } from '../fixtures/node-version'
import { bearer, createClient } from './client'
import { jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

/** The first use of each downloads it. */
const timeout = 400_000

/** All other tests run on the Node that runs this one. */
const others = [20, 22, 24, 26].filter((major) => !process.versions.node.startsWith(`${major}.`))

/** Fetched side by side, where they are not there yet. */
const programs = new Map(others.map((major) => [major, nodeOfMajor(major)]))
for (const program of programs.values()) program.catch(() => {})

test.each(others)(
  'the built server starts on Node %i, is set up, and a machine logs in',
  { timeout },
  async (major) => {
    const node = (await programs.get(major)) ?? ''
    const { stdout: version } = await promisify(execFile)(node, ['--version'])
    expect(version).toMatch(new RegExp(`^v${major}\\.`))

    const keybound = await startKeybound({ node })
    const anonymous = createClient(keybound.baseUrl)
    const account = { email: 'ada@example.com', password: 'correct horse battery staple', organization: 'Acme' }
    const made = await anonymous.post('/api/v1/admin/bootstrap', account)
    expect(made.status, made.text).toBe(200)
    const admin = anonymous.as(bearer(made.body.identity.credentials.token))
    const organizationId = made.body.organization.id
    const { body } = await admin.post('/api/v1/identities', { name: 'agent', organizationId })
    const issuer = createIssuer()
    const trusted = await admin.post(jwtAuthPath(body.identity.id), {
      configurationType: 'static',
      publicKeys: [issuer.pem],
      boundIssuer: 'https://issuer.example',
    })
    expect(trusted.status, trusted.text).toBe(200)
    const answer = await login(anonymous, body.identity.id, issuer.token())
    expect(answer.status, answer.text).toBe(200)
    expect(keybound.logs()).not.toMatch(/warning|error/i)
    expect(await keybound.stop()).toBe(0)
  },
)
