import { IssuersPage } from '@/components/trusts/kinds/issuer/issuers-page'

export const metadata = { title: 'Issuers' }

export default function Page() {
  return <IssuersPage />
}
