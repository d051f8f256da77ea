import type { RpcService } from './rpc'

/**
 * The gRPC services we speak, by the name their methods are called under. Loaded when first called: descriptors of whole
 * services take long to build, and most installations never need them.
 */
export const rpcServices: Record<string, () => Promise<RpcService>> = {
  'zitadel.admin.v1.AdminService': async () => (await import('./zitadel/idps/admin-service')).adminService,
}
