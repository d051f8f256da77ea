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
  lost: 'Nobody signs in through it from then on. The people it brought keep their accounts, which it no longer opens.',
}
