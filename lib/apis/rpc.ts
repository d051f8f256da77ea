import type { DescMessage, DescService } from '@bufbuild/protobuf'
import type { Api } from './api'

/**
 * A gRPC service over the operations of an API: a call of a method becomes a request to its operation. The API's errors
 * must be `google.rpc.Status` in JSON. Methods are data, so that a call is found before descriptors are loaded.
 */
export type RpcService = {
  /** Full name of the service, for example `zitadel.admin.v1.AdminService`. */
  name: string
  api: Api
  /** Names of the served methods, each with its operation. */
  methods: Readonly<Record<string, string>>
  /** Loads the descriptors, which are large, at the first call. */
  load(): Promise<RpcDescriptors>
}

export type RpcDescriptors = {
  service: DescService
  /** Message types in an error's `details`. */
  errorDetails: DescMessage[]
}
