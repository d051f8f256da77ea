import { SignInTrustInput } from '@/lib/apis/admin/trusts/wire'
import { signIn } from '@/lib/trust/kinds'
import { SignInOptions } from '@/lib/trust/kinds/sign-in'
import { namesOf } from '@/lib/trust/names-of'
import { grantFields, kindField, withoutReview } from '../../form/common-fields'
import { type Field, isEmpty } from '../../form/field'
import { defineKindForm } from '../../form/kind-form'
import { policyFields } from '../../form/policy-fields'
import type { KeyKind } from '../../form/source-rows'
import type { TrustFormValues } from '../../form/values'

/** Options in the form; the owner of a provider is not one. */
export type SignInFields = Omit<SignInOptions, 'owner'>

export type SignInFormValues = TrustFormValues & { signIn: SignInFields }

const name: Field<SignInFormValues> = {
  path: 'name',
  label: 'Name',
  toForm: (trust) => trust.name,
  sent: { path: 'name', value: (values) => values.name.trim() },
  said: (trust) => [['Name', trust.name]],
  wording: (issue) => (isEmpty(issue) ? 'Enter a name; people see it on the sign-in page.' : null),
}

/** Labels of the options, in the order of a review; a missing one does not compile. */
const labels: { [Name in keyof SignInFields]: string } = {
  jwtEndpoint: 'JWT endpoint',
  headerName: 'Header name',
  styling: 'Button style',
  isOffered: 'Offered on the sign-in page',
  isLinkingAllowed: 'Linking',
  isCreationAllowed: 'Creation',
  isAutoCreation: 'Add people on first sign-in',
  isAutoUpdate: 'Update names',
  autoLinking: 'Automatic linking',
  role: 'Role',
}

const optionFields = namesOf(labels).map(
  (option): Field<SignInFormValues> => ({
    path: `signIn.${option}`,
    label: labels[option],
    toForm: (trust) => (signIn.is(trust) ? trust.options[option] : undefined),
    sent: { path: `signIn.${option}`, value: ({ signIn: fields }) => trimmed(fields[option]) },
    said: (trust) => [[labels[option], signIn.is(trust) ? words(trust.options[option]) : null]],
    wording: (issue) =>
      option === 'jwtEndpoint' && issue.code === 'invalid_format'
        ? 'Give a full URL of your gateway, for example https://portal.example.com/auth/jwt.'
        : null,
  }),
)

const trimmed = (value: string | boolean) => (typeof value === 'string' ? value.trim() : value)

function words(value: string | boolean): string {
  if (typeof value === 'string') return value
  return value ? 'yes' : 'no'
}

const fixedRows: readonly KeyKind[] = ['jwks-url']

export const signInForm = defineKindForm<SignInFormValues>({
  kind: signIn.kind,
  keyKinds: ['jwks-url'],
  fixedRows,
  sent: SignInTrustInput,
  fields: [
    kindField(signIn.kind),
    name,
    ...optionFields,
    // People who sign in get no access token.
    ...policyFields(signIn.kind, { fixedRows, grant: withoutReview(grantFields), enabled: 'Active' }),
  ],
  empty: {
    // People are identified by `sub`, so a token must have one.
    subject: '*',
    signIn: {
      jwtEndpoint: '',
      headerName: '',
      styling: 'unspecified',
      isOffered: true,
      isLinkingAllowed: false,
      isCreationAllowed: true,
      isAutoCreation: true,
      isAutoUpdate: false,
      autoLinking: 'unspecified',
      role: 'no-access',
    },
  },
  optionsOf: (sent) => SignInOptions.parse('signIn' in sent ? sent.signIn : {}),
})
