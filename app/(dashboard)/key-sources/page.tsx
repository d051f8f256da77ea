import { KeySourcesPage } from '@/components/key-sources/key-sources-page'

export const metadata = { title: 'Key sources' }

export default function Page() {
  return <KeySourcesPage />
}
