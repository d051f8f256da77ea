import type { StandaloneView } from '../../editor/kind-view'
import { signInForm } from './form'
import { GatewaySection } from './gateway-section'
import { SignInSections } from './sign-in-sections'

export const signInView: StandaloneView = {
  form: signInForm,
  attempt: 'sign-in',
  Sections: SignInSections,
  Guide: GatewaySection,
  takesTestKey: false,
  one: 'sign-in provider',
  list: { label: 'Sign-in providers', href: '/providers' },
  lost: 'Sign-ins through it end. The people it added keep their accounts and need another way to sign in.',
}
