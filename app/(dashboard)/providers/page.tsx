import { ProvidersPage } from '@/components/providers/providers-page'

export const metadata = { title: 'Sign-in providers' }

export default function Page() {
  return <ProvidersPage />
}
