import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { requireFreeName } from '@/lib/services/sign-in/require-free-name'
import { createTrust } from '@/lib/services/trust/create-trust'
import { getTrust } from '@/lib/services/trust/find-trust'
import { removeTrust } from '@/lib/services/trust/remove-trust'
import { updateTrust } from '@/lib/services/trust/update-trust'
import { signIn } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { versionExpected } from '../../preconditions'
import { requireSameTrust, requireStandalone, toDraft } from './standalone-draft'
import { trustReply } from './trust-reply'
import { type ChangeReasons, justified, StandaloneTrustInput, TrustAnswer } from './wire'

const Place = z.object({ trustId: Id })
const path = '/api/admin/trusts/{trustId}'
const one = { status: 200, description: 'The trust; its version is the `ETag`.', schema: TrustAnswer }
const nameTaken = 'The name is taken by another provider.'

/** Operations on trusts by their id; standalone ones are also created, replaced and removed here. */
export const standaloneTrustOperations = {
  createTrust: defineOperation({
    method: 'POST',
    path: '/api/admin/trusts',
    summary: 'Create a standalone trust',
    description: `An issuer, or a provider that people sign in through. ${justified}`,
    auth: 'required',
    body: StandaloneTrustInput,
    records: ['trust.created', 'project.created'],
    success: { ...one, status: 201 },
    failures: { 409: `The organization has that issuer already. ${nameTaken}` },
    async run(ctx, { body }) {
      const guard = body.method === signIn.kind ? requireFreeName(ctx, null) : undefined
      return trustReply(
        await atIssuer(createTrust(ctx, toDraft(body, null), { guard, justification: justificationOf(body) })),
      )
    },
  }),

  getTrust: defineOperation({
    method: 'GET',
    path,
    summary: 'Read a trust by its id',
    auth: 'required',
    params: Place,
    success: one,
    async run(ctx, { params }) {
      return trustReply(await getTrust(ctx, params.trustId))
    },
  }),

  replaceTrust: defineOperation({
    method: 'PUT',
    path,
    summary: 'Replace a standalone trust',
    description: `With \`If-Match\`, only if it is unchanged since (412). Its method and the name of an issuer stay. The trust of an identity is replaced under its identity. ${justified}`,
    auth: 'required',
    params: Place,
    body: StandaloneTrustInput,
    records: ['trust.updated', 'project.created'],
    success: one,
    failures: { 409: nameTaken, 412: 'It changed since the version named in `If-Match`.' },
    async run(ctx, { params: { trustId }, body, headers }) {
      const change = (before: Trust) => {
        requireSameTrust(before, body)
        return toDraft(body, before)
      }
      const guard = body.method === signIn.kind ? requireFreeName(ctx, trustId) : undefined
      const key = { id: trustId }
      const justification = justificationOf(body)
      return trustReply(await updateTrust(ctx, key, change, versionExpected(headers), { guard, justification }))
    },
  }),

  removeTrust: defineOperation({
    method: 'DELETE',
    path,
    summary: 'Remove a standalone trust',
    description:
      'Access tokens issued through it stop working immediately. Removing a provider removes the links of people to it.',
    auth: 'required',
    params: Place,
    records: ['trust.deleted'],
    success: { status: 204, description: 'Gone.' },
    async run(ctx, { params: { trustId } }) {
      await removeTrust(ctx, { id: trustId }, requireStandalone)
      return { body: undefined }
    },
  }),
}

const justificationOf = ({ reason, override }: ChangeReasons) => ({ isRequired: true, reason, override })

/** Reports an existing issuer at its field. */
async function atIssuer<T>(act: Promise<T>): Promise<T> {
  try {
    return await act
  } catch (error) {
    if (!(error instanceof AppError) || error.reason !== 'issuer_exists') throw error
    const { kind, message, reason } = error
    const fields = [{ path: ['issuer'], code: reason, message }]
    throw new AppError(kind, message, { reason, fields, cause: error })
  }
}
