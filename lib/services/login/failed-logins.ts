import { addressKey } from '../address-key'
import { attempted, attempts } from '../attempts'

const kind = 'refused logins from this address'

// Per address, which limits log growth from identity guessing; and per address and identity.
const fromAddress = attempts(kind, { name: 'login.address', points: 600, seconds: 60 })
const onIdentity = attempts(kind, { name: 'login.identity', points: 60, seconds: 60 })

type Refusable = { accepted: boolean }

const isRefused = ({ accepted }: Refusable) => !accepted

/**
 * Runs a login, which costs the caller's address one of its refusals in a minute if it is refused.
 * @throws AppError `too-many` while the address has been refused too often
 */
export const underAddressLimit = <Outcome extends Refusable>(ip: string | null, login: () => Promise<Outcome>) =>
  attempted([[fromAddress, addressKey(ip)]], login, isRefused)

/**
 * The same for one identity, or the issuer in its place. Called inside `underAddressLimit`: the widest limit comes first.
 * @throws AppError `too-many`
 */
export const underIdentityLimit = <Outcome extends Refusable>(
  ip: string | null,
  counted: string,
  login: () => Promise<Outcome>,
) => attempted([[onIdentity, `${addressKey(ip)} ${counted}`]], login, isRefused)
