import { z } from 'zod'
import { catchToken } from '@/lib/services/token-inbox/catch-token'
import { openInbox } from '@/lib/services/token-inbox/open-inbox'
import { closeInbox, getInbox } from '@/lib/services/token-inbox/own-inbox'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { toJudged } from '../posture/mapper'
import { CaughtToken, InboxInput, OpenedInboxAnswer, TokenInboxAnswer } from './wire'

const One = z.object({ inboxId: Id })
const path = '/api/admin/token-inboxes/{inboxId}'

export const tokenInboxOperations = {
  openTokenInbox: defineOperation({
    method: 'POST',
    path: '/api/admin/token-inboxes',
    summary: 'Open an inbox for one token',
    description:
      'It takes one token within ten minutes, and judges it by the trust that is written out here, whose keys are fetched then. Header, claims and verdict are for the actor who opened it alone; the signature is not kept.',
    auth: 'required',
    body: InboxInput,
    records: ['token-inbox.opened'],
    success: { status: 201, description: 'Opened; the secret is in this answer only.', schema: OpenedInboxAnswer },
    async run(ctx, { body }) {
      return { body: await openInbox(ctx, toJudged(body.trust)) }
    },
  }),

  getTokenInbox: defineOperation({
    method: 'GET',
    path,
    summary: 'Read an inbox of one’s own',
    auth: 'required',
    params: One,
    success: { status: 200, description: 'What has come.', schema: TokenInboxAnswer },
    async run(ctx, { params }) {
      return { body: await getInbox(ctx, params.inboxId) }
    },
  }),

  closeTokenInbox: defineOperation({
    method: 'DELETE',
    path,
    summary: 'Remove an inbox of one’s own, with what it has caught',
    auth: 'required',
    params: One,
    records: ['token-inbox.closed'],
    success: { status: 204, description: 'Removed.' },
    async run(ctx, { params }) {
      await closeInbox(ctx, params.inboxId)
      return { body: undefined }
    },
  }),

  catchToken: defineOperation({
    method: 'POST',
    path: '/api/admin/caught-tokens',
    summary: 'Send a token to an inbox',
    description:
      'For the workload whose token is looked at: the secret of the inbox is the only credential. The signature is verified and dropped, and nothing is told of the verdict. No login takes place.',
    auth: 'none',
    body: CaughtToken,
    records: ['token-inbox.caught'],
    success: { status: 204, description: 'Caught; its owner sees it.' },
    failures: { 409: 'The inbox has its token already.', 429: 'Too many attempts.' },
    async run(ctx, { body }) {
      await catchToken(ctx, body)
      return { body: undefined }
    },
  }),
}
