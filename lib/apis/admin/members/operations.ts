import { z } from 'zod'
import { addMember, changeMemberRole, listMembers, removeMember } from '@/lib/services/people/members'
import { defineOperation } from '../../api'
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
    success: { ...one, status: 201 },
    async run(ctx, { body }) {
      return { body: await addMember(ctx, body) }
    },
  }),

  changeMemberRole: defineOperation({
    method: 'PATCH',
    path: '/api/admin/members/{userId}',
    summary: 'Give a person another role',
    auth: 'required',
    params: Path,
    body: MemberPatch,
    success: one,
    async run(ctx, { params, body }) {
      return { body: await changeMemberRole(ctx, params.userId, body.role) }
    },
  }),

  removeMember: defineOperation({
    method: 'DELETE',
    path: '/api/admin/members/{userId}',
    summary: 'Remove a person',
    auth: 'required',
    params: Path,
    success: { status: 204, description: 'Gone; their sessions have ended.' },
    async run(ctx, { params }) {
      await removeMember(ctx, params.userId)
      return { body: undefined }
    },
  }),
}
