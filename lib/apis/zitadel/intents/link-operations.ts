import { z } from 'zod'
import { requireAccess } from '@/lib/services/access'
import type { Context } from '@/lib/services/context'
import { linkSubject } from '@/lib/services/sign-in/link-subject'
import { listLinks } from '@/lib/services/sign-in/list-links'
import { unlinkSubject } from '@/lib/services/sign-in/unlink-subject'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { toDetails } from '../idps/mapper'
import { DetailsAnswer } from '../protocol'
import { withoutDefaults } from '../protojson'
import { AddIdpLink, IdpLinksAnswer, ListIdpLinks } from './wire'

const path = '/v2/users/{userId}/links'
const administers = { auth: 'required' as const, authorise: (ctx: Context) => void requireAccess(ctx, 'administer') }

export const linkOperations = {
  addIDPLink: defineOperation({
    ...administers,
    method: 'POST',
    path,
    summary: 'Link a subject of a provider to a person',
    description: 'The provider’s user of that id signs in as this person from now on. Needs an admin.',
    params: z.object({ userId: Id }),
    body: AddIdpLink,
    records: ['member.linked', 'trust.taken-over'],
    success: { status: 200, description: 'Linked.', schema: DetailsAnswer },
    failures: { 409: 'The subject is linked already (code 6).' },
    async run(ctx, { params, body: { idpLink } }) {
      const { userId: subject, idpId: trustId, userName } = idpLink
      const made = await linkSubject(ctx, { ...params, trustId, subject, userName })
      return { body: { details: toDetails({ ...made, updatedAt: made.createdAt }) } }
    },
  }),

  listIDPLinks: defineOperation({
    auth: 'required',
    authorise: (ctx) => void requireAccess(ctx, 'read'),
    method: 'POST',
    path: `${path}/_search`,
    summary: 'By which subjects of providers a person signs in',
    params: z.object({ userId: Id }),
    body: ListIdpLinks,
    records: [],
    success: { status: 200, description: 'A page, newest first; 1000 at most.', schema: IdpLinksAnswer },
    async run(ctx, { params, body: { query } }) {
      const page = { offset: Number(query.offset), limit: Number(query.limit), asc: query.asc }
      const { links, total, sequence } = await listLinks(ctx, params.userId, page)
      const counts = withoutDefaults({ totalResult: String(total), processedSequence: sequence })
      const result = links.map(({ trustId, subject }) => ({ idpId: trustId, userId: subject, userName: subject }))
      return {
        body: { details: { ...counts, timestamp: ctx.now().toISOString() }, ...withoutDefaults({ result }) },
      }
    },
  }),

  removeIDPLink: defineOperation({
    ...administers,
    method: 'DELETE',
    path: `${path}/{idpId}/{linkedUserId}`,
    summary: 'Remove the link of a subject to a person',
    description:
      'The subject no longer signs in as that person, and what it began is not finished. Sessions go on, as they do when a provider is removed. Where the provider adds people, the subject may come back as a new one.',
    params: z.object({ userId: Id, idpId: Id, linkedUserId: z.string() }),
    records: ['member.unlinked'],
    success: { status: 200, description: 'Removed.', schema: DetailsAnswer },
    async run(ctx, { params: { userId, idpId, linkedUserId } }) {
      const { removedAt, ...removed } = await unlinkSubject(ctx, { userId, trustId: idpId, subject: linkedUserId })
      return { body: { details: toDetails({ ...removed, updatedAt: removedAt }) } }
    },
  }),
}
