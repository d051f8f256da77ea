import { Account } from '@/components/account/account'
import { SettingsPage } from '@/components/members/settings-page'

export const metadata = { title: 'Settings' }

export default function Page() {
  return <SettingsPage account={<Account />} />
}
