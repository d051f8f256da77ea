import { z } from 'zod'
import { changePassword } from '@/lib/services/people/own-password'
import { resetPassword } from '@/lib/services/people/password-reset'
import { describeSession, signOut } from '@/lib/services/people/session'
import { endOwnSession, listOwnSessions } from '@/lib/services/people/sessions'
import { setUp, setupNeeded } from '@/lib/services/people/set-up'
import { signIn } from '@/lib/services/people/sign-in'
import { completeSecondStep, getSecondStep } from '@/lib/services/second-factor/second-step'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import {
  PasswordChange,
  PasswordResetInput,
  SecondStepAnswer,
  SecondStepInput,
  SessionAnswer,
  SessionListAnswer,
  SetupInput,
  SetupState,
  SignInAnswer,
  SignInInput,
} from './wire'

export const sessionOperations = {
  setupState: defineOperation({
    method: 'GET',
    path: '/api/admin/setup',
    summary: 'Whether the installation is empty',
    auth: 'none',
    success: { status: 200, description: 'The state.', schema: SetupState },
    async run(ctx) {
      return { body: { needed: await setupNeeded(ctx) } }
    },
  }),

  setUp: defineOperation({
    method: 'POST',
    path: '/api/admin/setup',
    summary: 'Create the first admin and the organization, and sign in',
    auth: 'none',
    body: SetupInput,
    records: ['organization.created', 'session.started', 'project.created', 'trust.created'],
    success: { status: 201, description: 'It is set up.' },
    async run(ctx, { body, headers }) {
      await setUp(ctx, body)
      const { cookies } = await signIn(ctx, { email: body.email, password: body.password }, headers)
      return { body: {}, cookies }
    },
  }),

  session: defineOperation({
    method: 'GET',
    path: '/api/admin/session',
    summary: 'Who is signed in',
    auth: 'optional',
    withoutSecondFactor: true,
    success: { status: 200, description: 'The person, or null.', schema: SessionAnswer },
    async run(ctx) {
      return { body: { session: await describeSession(ctx) } }
    },
  }),

  signIn: defineOperation({
    method: 'POST',
    path: '/api/admin/session',
    summary: 'Sign in',
    description:
      'If the person has a second factor, the answer is 202 and there is no session yet: the sign-in continues with `POST /api/admin/session/second-step` or a passkey, in this browser and within five minutes.',
    auth: 'none',
    body: SignInInput,
    records: ['session.started', 'session.challenged'],
    success: { status: 201, description: 'Signed in; the session is a cookie.', schema: SignInAnswer },
    failures: { 429: 'Too many attempts.' },
    async run(ctx, { body, headers }) {
      const { cookies, secondStep } = await signIn(ctx, body, headers)
      return { status: secondStep ? 202 : 201, body: secondStep ? { secondStep } : {}, cookies }
    },
  }),

  getSecondStep: defineOperation({
    method: 'GET',
    path: '/api/admin/session/second-step',
    summary: "What this browser's sign-in waits for",
    auth: 'none',
    success: { status: 200, description: 'What it waits for, or null.', schema: SecondStepAnswer },
    async run(ctx, { headers }) {
      return { body: { secondStep: await getSecondStep(ctx, headers) } }
    },
  }),

  completeSecondStep: defineOperation({
    method: 'POST',
    path: '/api/admin/session/second-step',
    summary: 'End a sign-in by a code',
    description: 'A code of the authenticator app or a recovery code; each can be used once.',
    auth: 'none',
    body: SecondStepInput,
    records: ['session.started', 'recovery-code.used'],
    success: { status: 201, description: 'Signed in; the session is a cookie.' },
    failures: { 401: 'The code is wrong, or the sign-in is over.', 429: 'Too many attempts.' },
    async run(ctx, { body, headers }) {
      const { cookies } = await completeSecondStep(ctx, body.code, headers)
      return { body: {}, cookies }
    },
  }),

  signOut: defineOperation({
    method: 'DELETE',
    path: '/api/admin/session',
    summary: 'Sign out',
    auth: 'required',
    withoutSecondFactor: true,
    records: ['session.ended'],
    success: { status: 204, description: 'Signed out.' },
    async run(ctx, { headers }) {
      const { cookies } = await signOut(ctx, headers)
      return { body: undefined, cookies }
    },
  }),

  listOwnSessions: defineOperation({
    method: 'GET',
    path: '/api/admin/session/sessions',
    summary: "List one's own sessions",
    auth: 'required',
    success: { status: 200, description: 'Newest first.', schema: SessionListAnswer },
    async run(ctx) {
      return { body: { sessions: await listOwnSessions(ctx) } }
    },
  }),

  endOwnSession: defineOperation({
    method: 'DELETE',
    path: '/api/admin/session/sessions/{sessionId}',
    summary: "End one of one's own sessions",
    auth: 'required',
    params: z.object({ sessionId: Id }),
    records: ['session.ended'],
    success: { status: 204, description: 'Ended.' },
    async run(ctx, { params }) {
      await endOwnSession(ctx, params.sessionId)
      return { body: undefined }
    },
  }),

  resetPassword: defineOperation({
    method: 'POST',
    path: '/api/admin/password-reset',
    summary: 'Set a new password by a link that an admin has made',
    description: 'The link works once. Every session of the person ends.',
    auth: 'none',
    body: PasswordResetInput,
    records: ['member.password-reset'],
    success: { status: 204, description: 'Set; sign in with it.' },
    failures: { 429: 'Too many attempts.' },
    async run(ctx, { body }) {
      await resetPassword(ctx, body)
      return { body: undefined }
    },
  }),

  changePassword: defineOperation({
    method: 'PUT',
    path: '/api/admin/session/password',
    summary: "Change one's own password",
    description: 'Ends the other sessions.',
    auth: 'required',
    body: PasswordChange,
    records: ['member.password-changed'],
    success: { status: 204, description: 'Changed.' },
    async run(ctx, { body }) {
      await changePassword(ctx, body)
      return { body: undefined }
    },
  }),
}
