import { z } from 'zod'
import { getHoldings } from '@/lib/services/people/holdings'
import { listMemberLinks, removeMemberLink } from '@/lib/services/people/member-links'
import { addMember, changeMemberRole, getMember, listMembers, MemberQuery } from '@/lib/services/people/members'
import { makeResetLink } from '@/lib/services/people/password-reset'
import { removeMember } from '@/lib/services/people/remove-member'
import { endMemberSession, endMemberSessions, listMemberSessions } from '@/lib/services/people/sessions'
import { resetSecondFactor } from '@/lib/services/second-factor/change'
import { listMemberControllers } from '@/lib/services/trust/list-controllers'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { ControllerListAnswer } from '../identities/wire'
import { SessionListAnswer } from '../session/wire'
import {
  HoldingsAnswer,
  MemberAnswer,
  MemberInput,
  MemberLinkListAnswer,
  MemberListAnswer,
  MemberPatch,
  RemovalAnswer,
  RemovalInput,
  ResetLinkAnswer,
} from './wire'

const Path = z.object({ userId: Id })
const one = { status: 200, description: 'The member.', schema: MemberAnswer }

export const memberOperations = {
  listMembers: defineOperation({
    method: 'GET',
    path: '/api/admin/members',
    summary: "List the organization's people",
    auth: 'required',
    query: MemberQuery,
    success: { status: 200, description: 'A page, the first ones at the top.', schema: MemberListAnswer },
    async run(ctx, { query }) {
      return { body: await listMembers(ctx, query) }
    },
  }),

  addMember: defineOperation({
    method: 'POST',
    path: '/api/admin/members',
    summary: 'Add a person',
    auth: 'required',
    body: MemberInput,
    records: ['member.added'],
    success: { ...one, status: 201 },
    async run(ctx, { body }) {
      return { body: await addMember(ctx, body) }
    },
  }),

  getMember: defineOperation({
    method: 'GET',
    path: '/api/admin/members/{userId}',
    summary: 'Read a person',
    auth: 'required',
    params: Path,
    success: one,
    async run(ctx, { params }) {
      return { body: await getMember(ctx, params.userId) }
    },
  }),

  changeMemberRole: defineOperation({
    method: 'PATCH',
    path: '/api/admin/members/{userId}',
    summary: 'Give a person another role',
    description:
      'Raising a role ends their sessions; lowering it removes links they made to other people’s accounts. If a provider that they sign in through was last changed by an actor below the new role, `takeOver` is required.',
    auth: 'required',
    params: Path,
    body: MemberPatch,
    records: ['member.role-changed', 'member.unlinked', 'trust.taken-over'],
    success: one,
    async run(ctx, { params, body }) {
      return { body: await changeMemberRole(ctx, params.userId, body.role, body) }
    },
  }),

  listMemberControllers: defineOperation({
    method: 'GET',
    path: '/api/admin/members/{userId}/controllers',
    summary: 'List who controls the sign-ins of a person',
    description: 'For each provider that the person is linked to, the actor who last changed it.',
    auth: 'required',
    params: Path,
    success: { status: 200, description: 'One for each provider.', schema: ControllerListAnswer },
    async run(ctx, { params }) {
      return { body: { controllers: await listMemberControllers(ctx, params.userId) } }
    },
  }),

  listMemberSessions: defineOperation({
    method: 'GET',
    path: '/api/admin/members/{userId}/sessions',
    summary: "List a person's sessions",
    auth: 'required',
    params: Path,
    success: { status: 200, description: 'Newest first.', schema: SessionListAnswer },
    async run(ctx, { params }) {
      return { body: { sessions: await listMemberSessions(ctx, params.userId) } }
    },
  }),

  endMemberSession: defineOperation({
    method: 'DELETE',
    path: '/api/admin/members/{userId}/sessions/{sessionId}',
    summary: 'End one session of a person',
    auth: 'required',
    params: Path.extend({ sessionId: Id }),
    records: ['session.ended'],
    success: { status: 204, description: 'Ended.' },
    async run(ctx, { params }) {
      await endMemberSession(ctx, params.userId, params.sessionId)
      return { body: undefined }
    },
  }),

  resetSecondFactor: defineOperation({
    method: 'DELETE',
    path: '/api/admin/members/{userId}/second-factor',
    summary: 'Reset the second factor of a person who has lost it',
    description: 'Removes their codes, recovery codes and passkeys, and ends their sessions.',
    auth: 'required',
    params: Path,
    records: ['second-factor.reset'],
    success: { status: 204, description: 'They have none.' },
    async run(ctx, { params }) {
      await resetSecondFactor(ctx, params.userId)
      return { body: undefined }
    },
  }),

  endMemberSessions: defineOperation({
    method: 'DELETE',
    path: '/api/admin/members/{userId}/sessions',
    summary: 'End every session of a person',
    auth: 'required',
    params: Path,
    records: ['session.ended'],
    success: { status: 204, description: 'Ended.' },
    async run(ctx, { params }) {
      await endMemberSessions(ctx, params.userId)
      return { body: undefined }
    },
  }),

  listMemberLinks: defineOperation({
    method: 'GET',
    path: '/api/admin/members/{userId}/links',
    summary: 'List the provider links of a person',
    auth: 'required',
    params: Path,
    success: { status: 200, description: 'Newest first.', schema: MemberLinkListAnswer },
    async run(ctx, { params }) {
      return { body: { links: await listMemberLinks(ctx, params.userId) } }
    },
  }),

  removeMemberLink: defineOperation({
    method: 'DELETE',
    path: '/api/admin/members/{userId}/links/{linkId}',
    summary: 'Unlink a person from a provider',
    description: 'Sessions go on.',
    auth: 'required',
    params: Path.extend({ linkId: Id }),
    records: ['member.unlinked'],
    success: { status: 204, description: 'Unlinked.' },
    async run(ctx, { params }) {
      await removeMemberLink(ctx, params.userId, params.linkId)
      return { body: undefined }
    },
  }),

  makeResetLink: defineOperation({
    method: 'POST',
    path: '/api/admin/members/{userId}/password-reset',
    summary: 'Make a link by which a person sets a new password',
    description: 'It is valid once, for a day, and only this answer has it. Earlier links become invalid.',
    auth: 'required',
    params: Path,
    records: ['member.reset-link-made'],
    success: { status: 201, description: 'The link.', schema: ResetLinkAnswer },
    async run(ctx, { params }) {
      return { body: await makeResetLink(ctx, params.userId) }
    },
  }),

  getHoldings: defineOperation({
    method: 'GET',
    path: '/api/admin/members/{userId}/holdings',
    summary: 'What a person controls',
    description:
      'Trusts they changed last, identities they can log in as, live access tokens, and links they made to other people’s accounts.',
    auth: 'required',
    params: Path,
    success: { status: 200, description: 'What a removal can take away.', schema: HoldingsAnswer },
    async run(ctx, { params }) {
      return { body: await getHoldings(ctx, params.userId) }
    },
  }),

  offboardMember: defineOperation({
    method: 'POST',
    path: '/api/admin/members/{userId}/removal',
    summary: 'Remove a person, and choose what is removed with them',
    auth: 'required',
    params: Path,
    body: RemovalInput,
    records: ['member.removed', 'member.unlinked', 'trust.updated'],
    success: { status: 200, description: 'Removed. Their sessions have ended.', schema: RemovalAnswer },
    async run(ctx, { params, body }) {
      const { tokensEnded, trustsDisabled, linksCut } = await removeMember(ctx, params.userId, body)
      return { body: { tokensEnded, trustsDisabled, linksCut } }
    },
  }),

  removeMember: defineOperation({
    method: 'DELETE',
    path: '/api/admin/members/{userId}',
    summary: 'Remove a person',
    auth: 'required',
    params: Path,
    records: ['member.removed', 'member.unlinked'],
    success: {
      status: 204,
      description:
        'Removed, with their sessions, the access tokens that they may have kept, and the links that they made to others.',
    },
    async run(ctx, { params }) {
      await removeMember(ctx, params.userId)
      return { body: undefined }
    },
  }),
}
