import type { Env } from '@/lib/env'
import { grpcListener } from './grpc-listener'
import { followRenewals, readTls, type TlsFiles } from './grpc-tls'
import { listen } from './listen'
import { logRequest } from './request-log'

type Settings = Pick<Env, 'GRPC_PORT' | 'GRPC_TLS_CERT' | 'GRPC_TLS_KEY' | 'HOST' | 'TRUSTED_PROXY_HOPS'>

/**
 * Serves gRPC where it is to be served. Answers where that is, and the function that ends it; null where it is not.
 * @throws GrpcTlsError, ListenError
 */
export async function startGrpc(settings: Settings): Promise<{ where: string; drain: () => Promise<void> } | null> {
  const { GRPC_PORT: port, HOST: host, TRUSTED_PROXY_HOPS: trustedHops } = settings
  if (port === undefined) return null
  const files = tlsFiles(settings)
  const { answerRpc, loadRpcServices } = await import('./rpc/answer-rpc')
  const answer: typeof answerRpc = (request, response) => {
    logRequest(request, response)
    return answerRpc(request, response)
  }
  const { server, drain } = grpcListener(answer, { tls: files && readTls(files), trustedHops })
  await loadRpcServices()
  await listen(server, port, host, 'GRPC_PORT')
  const stopFollowing = files ? followRenewals(server, files) : () => {}
  return {
    where: `${files ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    drain() {
      stopFollowing()
      return drain()
    },
  }
}

function tlsFiles({ GRPC_TLS_CERT: certFile, GRPC_TLS_KEY: keyFile }: Settings): TlsFiles | null {
  return certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : null
}
