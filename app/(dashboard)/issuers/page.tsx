import { IssuersPage } from '@/components/issuers/issuers-page'

export const metadata = { title: 'Issuers' }

export default function Page() {
  return <IssuersPage />
}
