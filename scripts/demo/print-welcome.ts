import { env } from '@/lib/env'
import type { Enrolled } from './history'
import { mint } from './issuer'
import { deployerClaims } from './other-machines'
import { people } from './people'

/** Says who can sign in, and how to log in as a machine right away: once accepted, once refused. */
export async function printWelcome(demo: { deployer: Enrolled; decisions: number; now: Date }): Promise<void> {
  const { identity, machine } = demo.deployer
  const iat = Math.floor(demo.now.getTime() / 1000)
  const claims = { iss: machine.issuer.url, iat, exp: iat + 12 * 3600, ...deployerClaims }
  const [key] = machine.issuer.keys
  const good = await mint({ key, claims })
  const wrongBranch = await mint({ key, claims: { ...claims, ref: 'refs/heads/staging' } })
  const curl = (jwt: string) =>
    `curl -s ${env().PUBLIC_URL}/api/v1/auth/jwt-auth/login -H 'content-type: application/json' -d '${JSON.stringify({ identityId: identity.id, jwt })}'`

  console.log(`${demo.decisions} logins were judged. Everything is thrown away when the server stops.

Sign in at ${env().PUBLIC_URL} as
${Object.entries(people)
  .map(([role, { email, password }]) => `  ${role.padEnd(8)} ${email.padEnd(24)} ${password}`)
  .join('\n')}

Log in as ${identity.name}, with tokens that are good for twelve hours. Accepted:
${curl(good)}

Refused, for it was signed for another branch (find its reqId under Activity):
${curl(wrongBranch)}
`)
}
