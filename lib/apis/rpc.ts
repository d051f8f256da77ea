import type { DescMessage, DescService } from '@bufbuild/protobuf'
import type { Api } from './api'

/**
 * A gRPC service over the operations of an API: a method and an operation of one name are the same thing. The API's errors
 * must be `google.rpc.Status` in JSON.
 */
export type RpcService = {
  service: DescService
  api: Api
  /** The messages that may stand in an error's `details`. */
  errorDetails: DescMessage[]
}
