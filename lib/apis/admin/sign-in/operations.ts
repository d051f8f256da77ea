import { beginPasskeySignIn, offersPasskeys, signInWithPasskey } from '@/lib/services/passkeys/sign-in-with-passkey'
import { listSignInChoices } from '@/lib/services/sign-in/list-sign-in-choices'
import { defineOperation } from '../../api'
import { PasskeyOptionsAnswer } from '../account/wire'
import { PasskeySignInInput, SignInProvidersAnswer } from './wire'

const passkey = '/api/admin/session/passkey'

export const signInOperations = {
  listSignInProviders: defineOperation({
    method: 'GET',
    path: '/api/admin/sign-in-providers',
    summary: 'The other ways to sign in',
    auth: 'none',
    success: { status: 200, description: 'Active providers by name, and passkeys.', schema: SignInProvidersAnswer },
    async run(ctx, { headers }) {
      const [providers, passkeys] = await Promise.all([listSignInChoices(ctx), offersPasskeys(ctx, headers)])
      return { body: { providers, passkeys } }
    },
  }),

  beginPasskeySignIn: defineOperation({
    method: 'POST',
    path: `${passkey}/options`,
    summary: 'Start a sign-in with a passkey',
    description: 'Options for `navigator.credentials.get`, valid once, for five minutes, in this browser.',
    auth: 'none',
    records: [],
    success: { status: 200, description: 'The options.', schema: PasskeyOptionsAnswer },
    failures: { 400: 'Browsers do not support passkeys at this address.', 429: 'Too many attempts.' },
    async run(ctx, { headers }) {
      const { options, cookies } = await beginPasskeySignIn(ctx, headers)
      return { body: { options: { ...options } }, cookies }
    },
  }),

  signInWithPasskey: defineOperation({
    method: 'POST',
    path: passkey,
    summary: 'Sign in with a passkey',
    description: 'The device has verified the person, so a passkey replaces both steps of a sign-in.',
    auth: 'none',
    body: PasskeySignInInput,
    records: ['session.started'],
    success: { status: 201, description: 'Signed in; the session is a cookie.' },
    failures: { 401: 'The passkey is not accepted.', 429: 'Too many attempts.' },
    async run(ctx, { body, headers }) {
      const { cookies } = await signInWithPasskey(ctx, body.credential, headers)
      return { body: {}, cookies }
    },
  }),
}
