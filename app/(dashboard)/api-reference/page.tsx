import { ReferencePage } from '@/components/api-reference/reference-page'

export const metadata = { title: 'API reference' }

export default function Page() {
  return <ReferencePage />
}
