import { IdentitiesPage } from '@/components/identities/identities-page'

export const metadata = { title: 'Identities' }

export default function Page() {
  return <IdentitiesPage />
}
