/** What a request is answered with. Names of headers are in lower case. */
export type Answer = {
  status: number
  headers: Record<string, string>
  cookies?: readonly string[]
  /** Null where there is none; made while it is sent where it has no bound. */
  body: string | AsyncIterator<string | Uint8Array> | null
}

/** The content type of a text without another, as the Fetch standard writes it. */
export const plainText = 'text/plain;charset=UTF-8'
