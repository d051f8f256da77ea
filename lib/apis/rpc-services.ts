import type { RpcService } from './rpc'
import { zitadelServices } from './zitadel/services'

/** Every gRPC service, over the operations of `lib/apis/index.ts`. */
export const rpcServices: readonly RpcService[] = zitadelServices
