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
      'The inbox receives one token within ten minutes and judges it by the trust in this body, fetching its keys. Only the actor who opened it can read header, claims and verdict; the signature is not stored.',
    auth: 'required',
    body: InboxInput,
    records: ['token-inbox.opened'],
    success: { status: 201, description: 'Opened. Only this answer contains the secret.', schema: OpenedInboxAnswer },
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
    summary: 'Remove an inbox of one’s own, with its token',
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
      'Called by the workload whose token is inspected: the secret of the inbox is the only credential. The signature is verified and dropped, and the answer does not contain the verdict. No login takes place.',
    auth: 'none',
    body: CaughtToken,
    records: ['token-inbox.caught'],
    success: { status: 204, description: 'Received; the owner of the inbox can read it.' },
    failures: { 409: 'The inbox has already received a token.', 429: 'Too many attempts.' },
    async run(ctx, { body }) {
      await catchToken(ctx, body)
      return { body: undefined }
    },
  }),
}
