import { PageHeader } from '@/components/layout/page-header'

export default function NotFound() {
  return (
    <PageHeader
      title="There is no such page"
      description="The address may be old or mistyped. The navigation leads on."
    />
  )
}
