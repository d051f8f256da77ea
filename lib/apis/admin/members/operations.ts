import { z } from 'zod'
import { addMember, changeMemberRole, listMembers, removeMember } from '@/lib/services/people/members'
import { listMemberControllers } from '@/lib/services/trust/list-controllers'
import { defineOperation } from '../../api'
import { ControllerListAnswer } from '../identities/wire'
import { MemberAnswer, MemberInput, MemberListAnswer, MemberPatch } from './wire'

const Path = z.object({ userId: z.string() })
const one = { status: 200, description: 'The member.', schema: MemberAnswer }

export const memberOperations = {
  listMembers: defineOperation({
    method: 'GET',
    path: '/api/admin/members',
    summary: "List the organization's people",
    auth: 'required',
    success: { status: 200, description: 'All of them.', schema: MemberListAnswer },
    async run(ctx) {
      return { body: { members: await listMembers(ctx) } }
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

  changeMemberRole: defineOperation({
    method: 'PATCH',
    path: '/api/admin/members/{userId}',
    summary: 'Give a person another role',
    description:
      'A role that is raised ends their sessions. Where a provider they sign in through was last changed by somebody below the new role, `takeOver` is needed.',
    auth: 'required',
    params: Path,
    body: MemberPatch,
    records: ['member.role-changed', 'trust.taken-over'],
    success: one,
    async run(ctx, { params, body }) {
      return { body: await changeMemberRole(ctx, params.userId, body.role, body) }
    },
  }),

  listMemberControllers: defineOperation({
    method: 'GET',
    path: '/api/admin/members/{userId}/controllers',
    summary: 'Who decides who signs in as a person',
    description: 'For each provider they are linked to, who changed it last.',
    auth: 'required',
    params: Path,
    success: { status: 200, description: 'One for each provider.', schema: ControllerListAnswer },
    async run(ctx, { params }) {
      return { body: { controllers: await listMemberControllers(ctx, params.userId) } }
    },
  }),

  removeMember: defineOperation({
    method: 'DELETE',
    path: '/api/admin/members/{userId}',
    summary: 'Remove a person',
    auth: 'required',
    params: Path,
    records: ['member.removed'],
    success: { status: 204, description: 'Gone; their sessions have ended.' },
    async run(ctx, { params }) {
      await removeMember(ctx, params.userId)
      return { body: undefined }
    },
  }),
}
