'use client'

import { onDemand } from '@/components/ui/on-demand'
import type { StandaloneView } from '../../editor/kind-view'
import { ownControl } from '../../form/kind-form'
import { ArrivalSection } from './arrival-section'
import { type SignInFormValues, signInForm } from './form'
import { PeopleSection } from './people-section'
import { SignInSections } from './sign-in-sections'

// Below the fields.
const GatewaySection = onDemand(() => import('./gateway-section').then((module) => module.GatewaySection))

export const signInView: StandaloneView = {
  form: signInForm,
  attempt: 'sign-in',
  Sections: SignInSections,
  Guide: GatewaySection,
  takesTestKey: false,
  one: 'sign-in provider',
  list: { label: 'Sign-in providers', href: '/providers' },
  lost: 'Sign-ins through it end. The people it added keep their accounts and need another way to sign in.',
  guided: {
    words: {
      question: 'Who knows the people?',
      help: 'The directory that signs them in determines what its tokens contain, and which claim identifies a person.',
      sample: 'Paste it: Keybound reads the directory from it, and answers every question.',
    },
    families: ['directory', 'generic'],
    admitsAll: 'only',
    Fields: ({ control }) => {
      const own = ownControl<SignInFormValues>(control)
      return (
        <>
          <ArrivalSection control={own} />
          <PeopleSection control={own} />
        </>
      )
    },
  },
}
