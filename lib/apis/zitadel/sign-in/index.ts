import { defineApi } from '../../api'
import { zitadelEnvelope } from '../envelope'
import { operations } from './operations'

export const zitadelSignIn = defineApi({
  name: 'zitadel-sign-in',
  title: 'Sign-in with a JWT',
  description: 'The addresses of a browser’s sign-in to the dashboard through a JWT provider.',
  envelope: zitadelEnvelope,
  prefixes: ['/idps'],
  operations,
})
