import type { Api } from '../api'
import type { RpcService } from '../rpc'
import { zitadelAdminIdps, zitadelManagementIdps } from './idps'
import { zitadelIntents } from './intents'

const service = (name: string, api: Api, methods: Record<string, string>): RpcService => ({
  name,
  api,
  methods,
  load: async () => (await import('./descriptors')).loadDescriptors(name),
})

/** Returns a method for each operation of an API, named after it except those in `renamed`. */
const methodsOf = ({ operations }: Api, renamed: Record<string, string> = {}) =>
  Object.fromEntries(Object.keys(operations).map((name) => [renamed[name] ?? capitalised(name), name]))

const capitalised = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`

const activeProviders = { GetActiveIdentityProviders: 'getActiveIdentityProviders' }

const intents = {
  StartIdentityProviderIntent: 'startIntent',
  RetrieveIdentityProviderIntent: 'retrieveIntent',
  AddIDPLink: 'addIDPLink',
}

/**
 * ZITADEL's gRPC services: the operations of its REST API. The organization's service has other names for the first
 * generation.
 */
export const zitadelServices: readonly RpcService[] = [
  service('zitadel.admin.v1.AdminService', zitadelAdminIdps, methodsOf(zitadelAdminIdps)),
  service(
    'zitadel.management.v1.ManagementService',
    zitadelManagementIdps,
    methodsOf(zitadelManagementIdps, {
      addJWTIDP: 'AddOrgJWTIDP',
      getIDPByID: 'GetOrgIDPByID',
      listIDPs: 'ListOrgIDPs',
      updateIDP: 'UpdateOrgIDP',
      updateIDPJWTConfig: 'UpdateOrgIDPJWTConfig',
      deactivateIDP: 'DeactivateOrgIDP',
      reactivateIDP: 'ReactivateOrgIDP',
      removeIDP: 'RemoveOrgIDP',
    }),
  ),
  service('zitadel.idp.v2.IdentityProviderService', zitadelIntents, { GetIDPByID: 'getIdp' }),
  service('zitadel.settings.v2.SettingsService', zitadelIntents, activeProviders),
  service('zitadel.user.v2.UserService', zitadelIntents, {
    ...intents,
    ListIDPLinks: 'listIDPLinks',
    RemoveIDPLink: 'removeIDPLink',
  }),
  // For older clients such as @zitadel/node; the same messages as far as they go.
  service('zitadel.settings.v2beta.SettingsService', zitadelIntents, activeProviders),
  service('zitadel.user.v2beta.UserService', zitadelIntents, intents),
]
