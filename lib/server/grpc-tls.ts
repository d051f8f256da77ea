import { readFileSync, statSync } from 'node:fs'
import type { Server } from 'node:net'
import { createSecureContext, type Server as TlsServer } from 'node:tls'
import { log } from './log'

export type TlsFiles = { certFile: string; keyFile: string }

/** The certificate or key of gRPC cannot be used. The message is one sentence that says what to change. */
export class GrpcTlsError extends Error {
  override name = 'GrpcTlsError'
}

/**
 * A certificate (leaf first) and its key, in PEM.
 * @throws GrpcTlsError
 */
export function readTls({ certFile, keyFile }: TlsFiles): { cert: string; key: string } {
  const cert = read('GRPC_TLS_CERT', certFile)
  const key = read('GRPC_TLS_KEY', keyFile)
  try {
    createSecureContext({ cert, key })
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new GrpcTlsError(
      `The certificate in ${certFile} and the key in ${keyFile} cannot be used together (${problem}); set GRPC_TLS_CERT and GRPC_TLS_KEY to a certificate in PEM and its own key.`,
      { cause },
    )
  }
  return { cert, key }
}

/**
 * Uses a certificate that was renewed in place, for connections from then on. One that cannot be used is logged, and the
 * former one is kept.
 * @returns the function that stops looking
 */
export function followRenewals(server: Server, files: TlsFiles, everyMs = 60_000): () => void {
  let seen = changedAt(files)
  const timer = setInterval(() => {
    const now = changedAt(files)
    if (now === seen) return
    seen = now
    try {
      if (isTlsServer(server)) server.setSecureContext(readTls(files))
      log.info({ certFile: files.certFile }, 'gRPC uses the renewed certificate')
    } catch (error) {
      log.error({ err: error }, 'the renewed certificate of gRPC cannot be used; the former one is kept')
    }
  }, everyMs).unref()
  return () => clearInterval(timer)
}

const isTlsServer = (server: Server): server is TlsServer => 'setSecureContext' in server

const changedAt = (files: TlsFiles) =>
  Object.values(files)
    .map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    .join(' ')

function read(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new GrpcTlsError(`${name} cannot be read (${problem}); set it to the path of a PEM file.`, { cause })
  }
}
