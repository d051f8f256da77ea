import { isIssuerTemplate } from '../../issuer-template'
import { bindClaims } from '../bind'
import { exactMatcher } from '../exact-rule'
import type { Fix, Found } from '../finding'
import { fixOf, withRule } from '../fix'
import { boundTo, isExact, type Reading } from '../reading'
import { definePostureRule } from '../rule'
import { readUrl, remoteSources } from '../source-url'

export const l10 = definePostureRule({
  id: 'L10',
  severity: 'high',
  title: 'Microsoft Entra: tenant or application is open',
  why: 'The addresses common, organizations and consumers stand for all tenants; no token names them as its issuer, so that the check of the issuer is usually dropped. Inside one tenant, every application and user gets tokens.',
  opens: 'The identity, to another tenant, or to every application of the tenant.',
  remedy:
    'Give the issuer with the tenant’s id, and bind `oid` (or `appid`, `azp`) of the one application. Subjects that begin with /eid1/ are generated: bind them whole.',
  sources: [
    'Threads on IDX10205',
    'go-oidc#344',
    'terraform-provider-azuredevops#1361',
    'toolhive#5589: multi-tenant needs oid and tid together',
  ],
  needs: [],
  find(reading) {
    const { issuer } = reading.policy
    const sources = remoteSources(reading.policy).filter(({ url }) => url !== null && isEntra(url))
    if (!isEntra(readUrl(issuer ?? '')) && sources.length === 0) return []
    const found: Found[] = []
    if (issuer !== null && isForAllTenants(issuer)) {
      const message = `${issuer} means all tenants.`
      found.push({ path: reading.issuerPath, message, fix: ownTenant(reading) })
    } else if (issuer === null) {
      found.push({
        path: reading.issuerPath,
        message: 'The issuer is not checked, so that every tenant is accepted.',
        fix: ownTenant(reading),
      })
    }
    found.push(...wideSubjects(reading))
    const isCallerBound = ['oid', 'appid', 'azp', 'sub', 'xms_mirid'].some((path) =>
      boundTo(reading, path).some(isExact),
    )
    if (!isCallerBound && found.length === 0) {
      const message = 'Every application and user of the tenant is accepted.'
      found.push({ path: ['rules'], message, fix: bindClaims(reading, ['oid']) })
    }
    return found
  },
})

const hosts = /^(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)$/

const isEntra = (url: URL | null) => url !== null && hosts.test(url.hostname)

/** Microsoft accounts of consumers have a tenant of their own. */
const consumers = '9188040d-6c67-4c5b-b112-36a304b66dad'

const isForAllTenants = (issuer: string) =>
  isIssuerTemplate(issuer) || ['common', 'organizations', 'consumers', consumers].includes(issuer.split('/')[3] ?? '')

function ownTenant(reading: Reading): Fix | undefined {
  const iss = reading.sample?.iss
  if (typeof iss !== 'string' || !isEntra(readUrl(iss)) || isForAllTenants(iss)) return undefined
  return fixOf(reading, `Take ${iss} as the issuer`, (draft) => ({ ...draft, issuer: iss }))
}

function wideSubjects(reading: Reading): Found[] {
  return boundTo(reading, 'sub').flatMap(({ allowed, at, rule }) =>
    allowed
      .filter(({ kind, text }) => kind === 'pattern' && text.startsWith('/eid1/'))
      .map(({ path, text }) => {
        const sub = reading.sample?.sub
        const fix =
          typeof sub === 'string'
            ? fixOf(
                reading,
                'Bind the whole subject',
                withRule(at, { ...rule, matcher: exactMatcher(reading.policy, [sub]) }),
              )
            : undefined
        return { path, message: `${text} admits every connection of the tenant: such subjects are generated.`, fix }
      }),
  )
}
