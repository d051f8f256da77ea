import type { Tx } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { Name } from '@/lib/model/identity'
import { Email } from '@/lib/model/person'
import { cutText } from '@/lib/trust/cut-text'
import type { JsonObject } from '@/lib/trust/json/json'
import type { SignInOptions } from '@/lib/trust/kinds/sign-in'
import type { Trust } from '@/lib/trust/trust'
import { record } from '../audit/record'
import type { Context } from '../context'
import { holdPerson } from '../in-organization'

/** The person a token is about, as far as a row can hold it: `sub`, 1…1000 characters without a zero character. */
export function subjectOf(claims: JsonObject | null): string | null {
  const sub = claims?.sub
  return typeof sub === 'string' && sub !== '' && sub.length <= 1000 && !sub.includes('\0') ? sub : null
}

type Arrived = { trust: Trust; options: SignInOptions; claims: JsonObject; intent: { purpose: string } }

/**
 * Returns the person a subject of a sign-in trust is linked to. Matched by (trust, `sub`) alone, never by an email address: the operator of an
 * issuer must not become an admin by claiming the admin's address. An unknown person is added where the trust says so
 * and the sign-in is to our own dashboard; null otherwise.
 */
export async function linkPerson(tx: Tx, ctx: Context, arrived: Arrived): Promise<{ id: string } | null> {
  const { trust, options, claims, intent } = arrived
  const subject = subjectOf(claims)
  if (subject === null) return null
  const link = await takeLink(tx, trust.id, subject)
  const name = nameOf(claims, subject)
  if (link) {
    if (options.isAutoUpdate && link.user.name !== name) await rename(tx, ctx, trust, link.user, name)
    return { id: link.userId }
  }
  if (!options.isAutoCreation || intent.purpose !== 'session') return null
  return addPerson(tx, ctx, arrived, subject, name)
}

/** Takes over what the provider calls a person now; an act of the provider, on record beside the sign-in. */
async function rename(tx: Tx, ctx: Context, trust: Trust, user: { id: string; name: string }, name: string) {
  await tx.user.update({ where: { id: user.id }, data: { name, updatedAt: ctx.now() } })
  await record(tx, ctx, {
    action: 'member.updated',
    organizationId: trust.organizationId,
    actor: { kind: 'system', name: trust.name },
    target: { kind: 'user', id: user.id, name },
    before: { name: user.name },
    after: { name, provider: trust.name },
  })
}

/** The link of a subject, which stays until the transaction ends. */
async function takeLink(tx: Tx, trustId: string, subject: string) {
  const find = () =>
    tx.userLink.findUnique({ where: { trustId_subject: { trustId, subject } }, include: { user: true } })
  const found = await find()
  if (!found) return null
  await holdPerson(tx, found.userId)
  // It may have been removed while this waited.
  return find()
}

async function addPerson(tx: Tx, ctx: Context, { trust, options, claims }: Arrived, subject: string, name: string) {
  const now = ctx.now()
  const { organizationId } = trust
  const id = newId()
  const email = (await freeEmail(tx, claims)) ?? `${id}@sign-in.invalid`
  const user = await tx.user.create({ data: { id, name, email, emailVerified: false, createdAt: now } })
  await tx.membership.create({
    data: { id: newId(), userId: id, organizationId, role: options.role, createdAt: now },
  })
  await tx.userLink.create({ data: { id: newId(), trustId: trust.id, subject, userId: id, createdAt: now } })
  await record(tx, ctx, {
    action: 'member.added',
    organizationId,
    actor: { kind: 'system', name: trust.name },
    target: { kind: 'user', id, name: user.name },
    after: { name: user.name, email: user.email, role: options.role, provider: trust.name, subject },
  })
  return { id }
}

/** Returns the address that the issuer has verified, if no person here has it. */
async function freeEmail(tx: Tx, { email, email_verified: isVerified }: JsonObject): Promise<string | null> {
  const parsed = Email.safeParse(email)
  if (!parsed.success || isVerified !== true) return null
  return (await tx.user.count({ where: { email: parsed.data } })) === 0 ? parsed.data : null
}

/** The person's name by the token, else their subject. */
export function nameOf(claims: JsonObject, subject: string): string {
  const both = [claims.given_name, claims.family_name].filter((part) => typeof part === 'string').join(' ')
  const names = [claims.name, both, claims.preferred_username, claims.nickname, claims.email, subject]
  for (const name of names) {
    const parsed = Name.safeParse(typeof name === 'string' ? cutText(name, 100) : name)
    if (parsed.success) return parsed.data
  }
  return 'Somebody'
}
