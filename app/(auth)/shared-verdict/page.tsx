import { SharedVerdictPage } from '@/components/tester/shared-verdict-page'

export const metadata = { title: 'Shared verdict' }

export default function Page() {
  return <SharedVerdictPage />
}
