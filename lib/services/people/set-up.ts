import type { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { SetupInput } from '@/lib/model/person'
import { hashPassword } from '@/lib/passwords/hash-password'
import { Grant } from '@/lib/trust/grant'
import { issueAccessToken } from '../access-token/issue-access-token'
import { record } from '../audit/record'
import type { Actor, Context } from '../context'
import { signingKey } from '../installation/signing-key'
import { enterStaticIssuers } from '../trust/static-issuers'
import { createPerson } from './create-person'

/** Whether this installation has no person yet. */
export async function setupNeeded(ctx: Context): Promise<boolean> {
  return (await ctx.db.installation.count()) === 0
}

/** The first admin and organization, once, on an empty installation. @throws AppError `rule` when it is set up already */
export async function setUp(ctx: Context, input: z.input<typeof SetupInput>) {
  const first = await firstAdmin(ctx, input)
  return inTransaction(ctx, (tx) => setUpIn(tx, ctx, first))
}

/** As `setUp`, with an admin identity and an access token for it, so that a script can go on without a browser. */
export async function bootstrap(ctx: Context, input: z.input<typeof SetupInput>) {
  const first = await firstAdmin(ctx, input)
  // Made now, for nothing but `tx` may be written to in the transaction.
  await signingKey(ctx.db)
  return inTransaction(ctx, async (tx) => {
    const { user, organization, actor } = await setUpIn(tx, ctx, first)
    const identity = await tx.identity.create({
      data: {
        id: newId(),
        organizationId: organization.id,
        name: 'Instance Admin Identity',
        role: 'admin',
        createdById: user.id,
        createdAt: ctx.now(),
      },
    })
    const grant = Grant.parse({})
    const tokenAuth = await tx.tokenAuth.create({
      data: { id: newId(), identityId: identity.id, grant: JSON.stringify(grant), createdAt: ctx.now() },
    })
    const { issued, row } = await issueAccessToken(ctx, {
      organizationId: organization.id,
      identity,
      method: 'token',
      grant,
      tokenAuthId: tokenAuth.id,
      name: 'Bootstrap',
      issuedById: user.id,
    })
    await tx.accessToken.create({ data: row })
    const target = { kind: 'identity', id: identity.id, name: identity.name }
    const by = { organizationId: organization.id, actor }
    await record(tx, ctx, {
      action: 'identity.created',
      ...by,
      target,
      after: { id: identity.id, name: identity.name, role: 'admin', methods: ['token'] },
    })
    await record(tx, ctx, { action: 'token-auth.attached', ...by, target, after: grant })
    await record(tx, ctx, {
      action: 'access-token.issued',
      ...by,
      target: { kind: 'access-token', id: issued.id, name: 'Bootstrap' },
      after: { identityId: identity.id, name: 'Bootstrap', expiresIn: issued.expiresIn },
    })
    return { user, organization, identity: { id: identity.id, name: identity.name, token: issued.accessToken } }
  })
}

/** The input with its password hashed, before the transaction: hashing is slow on purpose. */
async function firstAdmin(ctx: Context, input: z.input<typeof SetupInput>) {
  const { password, ...draft } = SetupInput.parse(input)
  if (!(await setupNeeded(ctx))) throw isSetUp()
  return { ...draft, passwordHash: await hashPassword(password) }
}

async function setUpIn(tx: Tx, ctx: Context, draft: Awaited<ReturnType<typeof firstAdmin>>) {
  // The row's fixed id makes this happen once, even when two callers try at the same moment.
  await tx.installation.create({ data: { id: 'keybound', createdAt: ctx.now() } }).catch((error) => {
    throw isTaken(error) ? isSetUp() : error
  })
  const organization = await tx.organization.create({
    data: { id: newId(), name: draft.organization, slug: toSlug(draft.organization), createdAt: ctx.now() },
  })
  const user = await createPerson(tx, ctx, organization.id, {
    ...draft,
    name: draft.name ?? draft.email,
    role: 'admin',
  })
  const actor: Actor = { kind: 'user', id: user.id, name: user.name, role: 'admin', sessionId: '' }
  await record(tx, ctx, {
    action: 'organization.created',
    organizationId: organization.id,
    actor,
    target: { kind: 'organization', id: organization.id, name: organization.name },
    after: { organization: organization.name, admin: user.email },
  })
  await enterStaticIssuers(tx, ctx, organization.id)
  return { user, organization, actor }
}

const isSetUp = () => new AppError('rule', 'This installation is set up already. Sign in instead.')

const toSlug = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'organization'
