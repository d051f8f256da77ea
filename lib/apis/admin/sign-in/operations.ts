import { listSignInChoices } from '@/lib/services/sign-in/list-sign-in-choices'
import { defineOperation } from '../../api'
import { SignInProvidersAnswer } from './wire'

export const signInOperations = {
  listSignInProviders: defineOperation({
    method: 'GET',
    path: '/api/admin/sign-in-providers',
    summary: 'The providers one can sign in through',
    auth: 'none',
    success: { status: 200, description: 'The active ones, by name.', schema: SignInProvidersAnswer },
    async run(ctx) {
      return { body: { providers: await listSignInChoices(ctx) } }
    },
  }),
}
