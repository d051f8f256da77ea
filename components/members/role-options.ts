import { roleHelp } from '@/lib/client/words'
import { roles } from '@/lib/trust/role'

/** Roles of people, each with its permissions. */
export const roleOptions = roles.map((role) => ({
  value: role,
  label: role,
  help: role === 'no-access' ? 'May sign in, but sees nothing' : roleHelp[role],
}))
