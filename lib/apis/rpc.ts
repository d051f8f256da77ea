import type { DescMessage, DescService } from '@bufbuild/protobuf'
import type { Api } from './api'

/**
 * A gRPC service over the operations of an API: a call of a method is a request to the operation it stands for. The API's
 * errors must be `google.rpc.Status` in JSON. Its methods are data, so that a call is found before descriptors are loaded.
 */
export type RpcService = {
  /** Full name of the service, for example `zitadel.admin.v1.AdminService`. */
  name: string
  api: Api
  /** Names of the service's methods that are served, each with the name of its operation. */
  methods: Readonly<Record<string, string>>
  /** Loads the descriptors. They are large: made once, at the first call. */
  load(): Promise<RpcDescriptors>
}

export type RpcDescriptors = {
  service: DescService
  /** Messages that may be in an error's `details`. */
  errorDetails: DescMessage[]
}
