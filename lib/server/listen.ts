import type { Server } from 'node:net'

/** The server cannot listen where it was told to. The message is one sentence that says what to change. */
export class ListenError extends Error {
  override name = 'ListenError'
}

/**
 * Resolves when `server` accepts connections.
 * @param setting the variable that `port` is from, for what is said
 * @throws ListenError
 */
export function listen(server: Server, port: number, host: string, setting = 'PORT'): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (cause: NodeJS.ErrnoException) => {
      reject(new ListenError(sentence(cause, port, host, setting), { cause }))
    }
    server.once('error', refused)
    server.listen(port, host, () => {
      server.off('error', refused)
      resolve()
    })
  })
}

function sentence({ code, message }: NodeJS.ErrnoException, port: number, host: string, setting: string): string {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is in use; set ${setting} to a free one or end the other process.`,
    EACCES: `This user may not listen on port ${port}; set ${setting} to 1024 or above, or grant the right.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine; set HOST to one that is, such as 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `The host name ${host} is not known; set HOST to an address of this machine, such as 127.0.0.1.`,
    EAI_AGAIN: `The host name ${host} cannot be looked up; set HOST to an address of this machine, such as 127.0.0.1.`,
  }
  return sentences[code ?? ''] ?? `The server cannot listen on ${host}:${port} (${message}); change HOST or ${setting}.`
}
