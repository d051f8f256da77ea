import { AccountPart } from '@/components/account/account-part'
import { SettingsPage } from '@/components/members/settings-page'

export const metadata = { title: 'Settings' }

export default function Page() {
  return <SettingsPage account={<AccountPart />} />
}
