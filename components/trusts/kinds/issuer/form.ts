import { IssuerTrustInput } from '@/lib/apis/admin/trusts/wire'
import { type ClaimValue, stringsOf } from '@/lib/trust/claims'
import { uint64Of } from '@/lib/trust/json/uint64'
import { issuer } from '@/lib/trust/kinds'
import { IssuerOptions } from '@/lib/trust/kinds/issuer'
import { kindField } from '../../form/common-fields'
import type { Field } from '../../form/field'
import { type Binding, defineKindForm } from '../../form/kind-form'
import { policyFields } from '../../form/policy-fields'
import { areWords, saidOf } from '../../form/rule-fields'
import type { KeyKind } from '../../form/source-rows'
import type { TrustFormValues } from '../../form/values'

export type IssuerFormValues = TrustFormValues & {
  /** Roles that tokens may claim; [] = any. */
  roles: string[]
  /** Permissions that tokens may claim, in decimal digits; '' and '0' = any. */
  prm: string
  /** Project of the issuer. */
  project: string
}

const project: Field<IssuerFormValues> = {
  path: 'project',
  label: 'Project',
  toForm: (trust) => (issuer.is(trust) ? (trust.options.project ?? '') : ''),
  sent: { path: 'project', value: (values) => values.project.trim() },
  said: (trust) => [['Project', issuer.is(trust) ? trust.options.project : null]],
}

const roles: Field<IssuerFormValues> = {
  path: 'roles',
  label: 'Roles',
  claim: 'roles',
  matcher: 'subset-of',
  rules: {
    fromRule: ({ path, matcher, whenAbsent }) =>
      path === 'roles' && whenAbsent === 'allow' && matcher.kind === 'subset-of' && areWords(matcher.values)
        ? { roles: matcher.values }
        : null,
    toRules: ({ roles: values }) =>
      values.length === 0
        ? []
        : [
            {
              value: { path: 'roles', matcher: { kind: 'subset-of', values }, whenAbsent: 'allow' },
              field: () => ['roles'],
            },
          ],
  },
  said: ({ rules }) => saidOf(rules, 'Roles', ({ path, matcher }) => path === 'roles' && matcher.kind === 'subset-of'),
}

const permissions: Field<IssuerFormValues> = {
  path: 'prm',
  label: 'Permissions',
  claim: 'prm',
  matcher: 'within-bitmask',
  rules: {
    fromRule: ({ path, matcher, whenAbsent }) =>
      path === 'prm' && whenAbsent === 'allow' && matcher.kind === 'within-bitmask' && matcher.mask !== '0'
        ? { prm: matcher.mask }
        : null,
    toRules: ({ prm: mask }) =>
      mask === '' || mask === '0'
        ? []
        : [
            {
              value: { path: 'prm', matcher: { kind: 'within-bitmask', mask }, whenAbsent: 'allow' },
              field: () => ['prm'],
            },
          ],
  },
  said: ({ rules }) =>
    saidOf(rules, 'Permissions', ({ path, matcher }) => path === 'prm' && matcher.kind === 'within-bitmask'),
}

/** NativeFrame: a URL, and supplied keys. */
const fixedRows: readonly KeyKind[] = ['jwks-url', 'inline-jwk']

export const issuerForm = defineKindForm<IssuerFormValues>({
  kind: issuer.kind,
  keyKinds: ['jwks-url'],
  fixedRows,
  sent: IssuerTrustInput,
  fields: [kindField(issuer.kind), project, ...policyFields(issuer.kind, { fixedRows, rules: [roles, permissions] })],
  empty: { roles: [], prm: '', project: '' },
  optionsOf: (sent) => IssuerOptions.parse('project' in sent ? { project: sent.project } : {}),
  bind: { roles: bindRoles, prm: bindPermissions },
})

/** Allows this token's roles, in addition. */
function bindRoles({ roles }: IssuerFormValues, claim: ClaimValue): Binding<IssuerFormValues> {
  const added = stringsOf(claim).filter((role) => role !== '' && role === role.trim())
  if (added.length === 0) return { ok: false, problem: 'The token says no roles.' }
  return { ok: true, changed: { roles: [...new Set([...roles, ...added])] }, field: 'roles' }
}

/** Allows this token's permissions, in addition. */
function bindPermissions({ prm }: IssuerFormValues, claim: ClaimValue): Binding<IssuerFormValues> {
  const said = uint64Of(claim)
  if (said === null) return { ok: false, problem: '"prm" is no whole number from 0 to 18446744073709551615.' }
  if (said === 0n) return { ok: false, problem: 'The token has no permissions, and a mask of 0 would allow all.' }
  return { ok: true, changed: { prm: String((uint64Of(prm) ?? 0n) | said) }, field: 'prm' }
}
