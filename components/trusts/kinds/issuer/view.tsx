'use client'

import { Section } from '@/components/ui/card'
import type { StandaloneView } from '../../editor/kind-view'
import { ownControl } from '../../form/kind-form'
import { type IssuerFormValues, issuerForm } from './form'
import { IssuerLimits, ProjectField } from './issuer-fields'
import { IssuerSections } from './issuer-sections'

export const issuerView: StandaloneView = {
  form: issuerForm,
  attempt: 'login',
  Sections: IssuerSections,
  takesTestKey: false,
  one: 'issuer',
  list: { label: 'Issuers', href: '/issuers' },
  lost: 'Its tokens are refused from then on, and access tokens issued for them stop working immediately.',
  guided: {
    words: {
      question: 'Whose tokens?',
      help: 'The platform that signs them determines which claims exist, and which of them are reliable.',
      sample: 'Paste it: Keybound reads the issuer from it, and answers every question.',
    },
    families: null,
    admitsAll: 'last',
    Fields: ({ control }) => {
      const own = ownControl<IssuerFormValues>(control)
      return (
        <>
          <Section title="Project" description="Where it is filed.">
            <ProjectField control={own} />
          </Section>
          <IssuerLimits control={own} />
        </>
      )
    },
  },
}
