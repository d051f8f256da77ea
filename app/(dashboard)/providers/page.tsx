import { ProvidersPage } from '@/components/trusts/kinds/sign-in/providers-page'

export const metadata = { title: 'Sign-in providers' }

export default function Page() {
  return <ProvidersPage />
}
