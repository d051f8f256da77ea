import { z } from 'zod'
import { requireAccess } from '@/lib/services/access'
import { linkSubject } from '@/lib/services/sign-in/link-subject'
import { defineOperation } from '../../api'
import { DetailsAnswer } from '../protocol'
import { AddIdpLink } from './wire'

export const linkOperations = {
  addIDPLink: defineOperation({
    method: 'POST',
    path: '/v2/users/{userId}/links',
    summary: 'Link a subject of a provider to a person',
    description: 'Whoever the provider calls so signs in as that person from now on. Only an admin says it.',
    auth: 'required',
    authorise: (ctx) => void requireAccess(ctx, 'administer'),
    params: z.object({ userId: z.string() }),
    body: AddIdpLink,
    success: { status: 200, description: 'Linked.', schema: DetailsAnswer },
    failures: { 409: 'The subject is linked already (code 6).' },
    async run(ctx, { params, body: { idpLink } }) {
      const { userId: subject, idpId: trustId, userName } = idpLink
      const { organizationId, sequence, createdAt } = await linkSubject(ctx, { ...params, trustId, subject, userName })
      const date = createdAt.toISOString()
      return { body: { details: { sequence, creationDate: date, changeDate: date, resourceOwner: organizationId } } }
    },
  }),
}
