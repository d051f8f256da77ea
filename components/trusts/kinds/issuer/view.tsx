import type { StandaloneView } from '../../editor/kind-view'
import { issuerForm } from './form'
import { IssuerSections } from './issuer-sections'

export const issuerView: StandaloneView = {
  form: issuerForm,
  attempt: 'login',
  Sections: IssuerSections,
  takesTestKey: false,
  one: 'issuer',
  list: { label: 'Issuers', href: '/issuers' },
  lost: 'Its tokens are refused from then on, and access tokens issued for them stop working at once.',
}
