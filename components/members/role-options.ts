import { roleHelp } from '@/lib/client/words'
import { roles } from '@/lib/trust/role'

/** The roles of people, each with what it may do. */
export const roleOptions = roles.map((role) => ({
  value: role,
  label: role,
  help: role === 'no-access' ? 'May sign in, but sees nothing' : roleHelp[role],
}))
