import { z } from 'zod'
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from '@/lib/services/passkeys/own-passkeys'
import { getAccount, renameSelf } from '@/lib/services/people/account'
import { removeSecondFactor, renewRecoveryCodes } from '@/lib/services/second-factor/change'
import { beginEnrolment, confirmEnrolment } from '@/lib/services/second-factor/enrol'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import {
  AccountAnswer,
  AccountPatch,
  EnrolmentAnswer,
  EnrolmentConfirmation,
  PasskeyAnswer,
  PasskeyInput,
  PasskeyOptionsAnswer,
  PasskeyPatch,
  Proof,
  RecoveryCodesAnswer,
} from './wire'

const account = '/api/admin/account'
const secondFactor = `${account}/second-factor`
const passkeys = `${account}/passkeys`
const PasskeyPath = z.object({ passkeyId: Id })
const recentProof = 'More than ten minutes after the sign-in it needs a proof: `password` or `code`.'

export const accountOperations = {
  getAccount: defineOperation({
    method: 'GET',
    path: account,
    summary: 'How one signs in',
    auth: 'required',
    withoutSecondFactor: true,
    success: { status: 200, description: "The signed-in person's own account.", schema: AccountAnswer },
    async run(ctx, { headers }) {
      return { body: await getAccount(ctx, headers) }
    },
  }),

  renameSelf: defineOperation({
    method: 'PATCH',
    path: account,
    summary: "Change one's own name",
    auth: 'required',
    body: AccountPatch,
    records: ['member.updated'],
    success: { status: 204, description: 'Changed.' },
    async run(ctx, { body }) {
      await renameSelf(ctx, body)
      return { body: undefined }
    },
  }),

  beginSecondFactor: defineOperation({
    method: 'POST',
    path: secondFactor,
    summary: 'Start to set up an authenticator app',
    description: `Codes are required once the first one has been entered (PUT). ${recentProof}`,
    auth: 'required',
    withoutSecondFactor: true,
    body: Proof,
    records: ['second-factor.begun', 'recovery-code.used'],
    success: { status: 201, description: 'A new secret.', schema: EnrolmentAnswer },
    async run(ctx, { body }) {
      return { body: await beginEnrolment(ctx, body) }
    },
  }),

  confirmSecondFactor: defineOperation({
    method: 'PUT',
    path: secondFactor,
    summary: 'Enter a code of the app, which completes the setup',
    description: "From now on sign-ins require a code. Setting up the first second factor ends one's other sessions.",
    auth: 'required',
    withoutSecondFactor: true,
    body: EnrolmentConfirmation,
    records: ['second-factor.added'],
    success: { status: 200, description: 'It counts.', schema: RecoveryCodesAnswer },
    async run(ctx, { body }) {
      return { body: await confirmEnrolment(ctx, body.code) }
    },
  }),

  removeSecondFactor: defineOperation({
    method: 'POST',
    path: `${secondFactor}/removal`,
    summary: 'Remove the codes of the authenticator app',
    description: 'Needs a proof: `password` or `code`. Recovery codes are removed as well.',
    auth: 'required',
    body: Proof,
    records: ['second-factor.removed', 'recovery-code.used'],
    success: { status: 204, description: 'Removed.' },
    async run(ctx, { body }) {
      await removeSecondFactor(ctx, body)
      return { body: undefined }
    },
  }),

  renewRecoveryCodes: defineOperation({
    method: 'POST',
    path: `${secondFactor}/recovery-codes`,
    summary: 'Make new recovery codes',
    description: 'Needs a proof: `password` or `code`. Earlier codes stop working.',
    auth: 'required',
    body: Proof,
    records: ['recovery-code.renewed', 'recovery-code.used'],
    success: { status: 201, description: 'The codes.', schema: RecoveryCodesAnswer },
    async run(ctx, { body }) {
      return { body: await renewRecoveryCodes(ctx, body) }
    },
  }),

  beginPasskey: defineOperation({
    method: 'POST',
    path: `${passkeys}/options`,
    summary: 'Start to register a passkey',
    description: `Options for \`navigator.credentials.create\`, valid once, for five minutes, in this browser. ${recentProof}`,
    auth: 'required',
    withoutSecondFactor: true,
    body: Proof,
    records: ['recovery-code.used'],
    success: { status: 200, description: 'The options.', schema: PasskeyOptionsAnswer },
    async run(ctx, { body, headers }) {
      const { options, cookies } = await beginPasskey(ctx, body, headers)
      return { body: { options: { ...options } }, cookies }
    },
  }),

  addPasskey: defineOperation({
    method: 'POST',
    path: passkeys,
    summary: 'Register the passkey that the browser has made',
    auth: 'required',
    withoutSecondFactor: true,
    body: PasskeyInput,
    records: ['passkey.added'],
    success: { status: 201, description: 'The passkey.', schema: PasskeyAnswer },
    async run(ctx, { body, headers }) {
      const { passkey, cookies } = await addPasskey(ctx, body, headers)
      return { body: passkey, cookies }
    },
  }),

  renamePasskey: defineOperation({
    method: 'PATCH',
    path: `${passkeys}/{passkeyId}`,
    summary: 'Rename a passkey',
    auth: 'required',
    params: PasskeyPath,
    body: PasskeyPatch,
    records: ['passkey.renamed'],
    success: { status: 204, description: 'Renamed.' },
    async run(ctx, { params, body }) {
      await renamePasskey(ctx, params.passkeyId, body)
      return { body: undefined }
    },
  }),

  removePasskey: defineOperation({
    method: 'POST',
    path: `${passkeys}/{passkeyId}/removal`,
    summary: 'Remove a passkey',
    description: recentProof,
    auth: 'required',
    params: PasskeyPath,
    body: Proof,
    records: ['passkey.removed', 'recovery-code.used'],
    success: { status: 204, description: 'Removed.' },
    async run(ctx, { params, body }) {
      await removePasskey(ctx, params.passkeyId, body)
      return { body: undefined }
    },
  }),
}
