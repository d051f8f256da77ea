import { SetupPage } from '@/components/session/setup-page'

export const metadata = { title: 'Set up' }

export default function Page() {
  return <SetupPage />
}
