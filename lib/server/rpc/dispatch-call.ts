import { rpcServices } from '@/lib/apis/rpc-services'
import type { Dispatch } from '../dispatch'

/**
 * Answers calls of the gRPC services we speak, and says of others of their vendors that they are not served. False for
 * every other path. What answers is loaded at the first call.
 */
export const dispatchCall: Dispatch = async (request, response, { path }) => {
  if (!vendors.some((vendor) => path.startsWith(`/${vendor}.`))) return false
  const { answerRpc } = await import('./answer-rpc')
  request.url = path
  await answerRpc(request, response)
  return true
}

const vendors = [...new Set(rpcServices.map(({ name }) => name.split('.')[0]))]
