import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js'
import { ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js'
import type { RpcService } from '../../rpc'
import { zitadelAdminIdps } from '.'

/**
 * ZITADEL's gRPC service. Its methods are the operations of the same names: what a message says is what they are asked in
 * JSON. An empty text and an absent one are the same bytes, so an audience can be changed but not cleared here.
 */
export const adminService: RpcService = {
  service: AdminService,
  api: zitadelAdminIdps,
  errorDetails: [ErrorDetailSchema],
}
