import { z } from 'zod'
import { muteFinding } from '@/lib/services/posture/mute-finding'
import { toMuteAnswer } from '@/lib/services/posture/mutes'
import { unmuteFinding } from '@/lib/services/posture/unmute-finding'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { MuteAnswer, MuteInput } from './wire'

const path = '/api/admin/trusts/{trustId}/mutes'

export const muteOperations = {
  muteFinding: defineOperation({
    method: 'POST',
    path,
    summary: 'Mute the findings of a rule on a trust',
    description:
      'Until a time, within a year. They stay visible and do not count in the score. Blocks that a rule puts on enabling the trust stay.',
    auth: 'required',
    params: z.object({ trustId: Id }),
    body: MuteInput,
    records: ['finding.muted'],
    success: { status: 201, description: 'The mute. One of the same rule is replaced.', schema: MuteAnswer },
    async run(ctx, { params, body }) {
      return { body: toMuteAnswer(await muteFinding(ctx, params.trustId, body)) }
    },
  }),

  unmuteFinding: defineOperation({
    method: 'DELETE',
    path: `${path}/{rule}`,
    summary: 'End a mute',
    auth: 'required',
    params: z.object({ trustId: Id, rule: z.string().max(10) }),
    records: ['finding.unmuted'],
    success: { status: 204, description: 'Gone.' },
    async run(ctx, { params }) {
      await unmuteFinding(ctx, params)
      return { body: undefined }
    },
  }),
}
