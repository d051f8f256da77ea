/** Tokens with which a page can log in, kept in memory of this tab only: no storage, URL or history entry holds one. */
export type HeldLogin = {
  /** What the token is: "the test issuer". */
  of: string
  /** Gives the token; a test issuer signs a new one. */
  token: () => Promise<string>
}

const held = new Map<string, HeldLogin>()

/** Keeps a way to log in. @param id of the identity, or of the issuer */
export const holdLogin = (id: string, login: HeldLogin): void => void held.set(id, login)

/** Returns the way to log in as an identity or by an issuer that this tab holds, or null. */
export const heldLogin = (id: string): HeldLogin | null => held.get(id) ?? null
