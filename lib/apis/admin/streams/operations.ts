import { z } from 'zod'
import { StreamInput, StreamPatch, StreamResumption } from '@/lib/model/stream'
import { createStream } from '@/lib/services/stream/create-stream'
import { getStream, listDeliveries, listStreams } from '@/lib/services/stream/list-streams'
import { pauseStream, resumeStream } from '@/lib/services/stream/pause-stream'
import { removeStream } from '@/lib/services/stream/remove-stream'
import { renewStreamSecret } from '@/lib/services/stream/renew-stream-secret'
import { testStream } from '@/lib/services/stream/test-stream'
import { updateStream } from '@/lib/services/stream/update-stream'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import {
  CreatedStreamAnswer,
  DeliveryListAnswer,
  StreamAnswer,
  StreamListAnswer,
  StreamSecretAnswer,
  StreamTestAnswer,
} from './wire'

const all = '/api/admin/streams'
const path = `${all}/{streamId}`
const params = z.object({ streamId: Id })
const asNow = { status: 200, description: 'The stream as it is now.', schema: StreamAnswer }

export const streamOperations = {
  listStreams: defineOperation({
    method: 'GET',
    path: all,
    summary: 'List streams',
    description: 'A stream sends what happens in the organization to a webhook, in order (docs/streams.md).',
    auth: 'required',
    success: { status: 200, description: 'Oldest first.', schema: StreamListAnswer },
    async run(ctx) {
      return { body: { streams: await listStreams(ctx) } }
    },
  }),

  createStream: defineOperation({
    method: 'POST',
    path: all,
    summary: 'Make a stream',
    description: 'It starts with the events from now on.',
    auth: 'required',
    body: StreamInput,
    records: ['stream.created'],
    success: {
      status: 201,
      description: 'Created. Only this answer contains the secret.',
      schema: CreatedStreamAnswer,
    },
    async run(ctx, { body }) {
      return { body: await createStream(ctx, body) }
    },
  }),

  getStream: defineOperation({
    method: 'GET',
    path,
    summary: 'Read a stream',
    auth: 'required',
    params,
    success: { status: 200, description: 'The stream.', schema: StreamAnswer },
    async run(ctx, { params }) {
      return { body: await getStream(ctx, params.streamId) }
    },
  }),

  updateStream: defineOperation({
    method: 'PATCH',
    path,
    summary: 'Change a stream',
    description: 'The position in the log is kept: a new receiver gets what the former one did not accept.',
    auth: 'required',
    params,
    body: StreamPatch,
    records: ['stream.updated'],
    success: asNow,
    async run(ctx, { params, body }) {
      return { body: await updateStream(ctx, params.streamId, body) }
    },
  }),

  removeStream: defineOperation({
    method: 'DELETE',
    path,
    summary: 'Remove a stream',
    auth: 'required',
    params,
    records: ['stream.removed'],
    success: { status: 204, description: 'Removed.' },
    async run(ctx, { params }) {
      await removeStream(ctx, params.streamId)
      return { body: undefined }
    },
  }),

  pauseStream: defineOperation({
    method: 'POST',
    path: `${path}/pause`,
    summary: 'Pause a stream',
    auth: 'required',
    params,
    records: ['stream.paused'],
    success: asNow,
    async run(ctx, { params }) {
      return { body: await pauseStream(ctx, params.streamId) }
    },
  }),

  resumeStream: defineOperation({
    method: 'POST',
    path: `${path}/resume`,
    summary: 'Resume a stream, or try a failing one again now',
    auth: 'required',
    params,
    body: StreamResumption,
    records: ['stream.resumed'],
    success: asNow,
    async run(ctx, { params, body }) {
      return { body: await resumeStream(ctx, params.streamId, body) }
    },
  }),

  renewStreamSecret: defineOperation({
    method: 'POST',
    path: `${path}/secret`,
    summary: 'Give a stream another secret',
    description: 'Requests are also signed with the former secret for 24 hours.',
    auth: 'required',
    params,
    records: ['stream.secret-renewed'],
    success: { status: 201, description: 'The secret. Only this answer contains it.', schema: StreamSecretAnswer },
    async run(ctx, { params }) {
      return { body: await renewStreamSecret(ctx, params.streamId) }
    },
  }),

  testStream: defineOperation({
    method: 'POST',
    path: `${path}/test`,
    summary: 'Send a test event',
    auth: 'required',
    params,
    records: ['stream.tested'],
    success: { status: 200, description: 'What became of it.', schema: StreamTestAnswer },
    failures: { 429: 'Too many test events.' },
    async run(ctx, { params }) {
      return { body: await testStream(ctx, params.streamId) }
    },
  }),

  listStreamDeliveries: defineOperation({
    method: 'GET',
    path: `${path}/deliveries`,
    summary: 'List the last requests of a stream',
    description: 'The last 200 are kept.',
    auth: 'required',
    params,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
    }),
    success: { status: 200, description: 'Newest first.', schema: DeliveryListAnswer },
    async run(ctx, { params, query }) {
      return { body: await listDeliveries(ctx, params.streamId, query) }
    },
  }),
}
