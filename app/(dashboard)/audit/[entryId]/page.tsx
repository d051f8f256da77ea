import { AuditEntryPage } from '@/components/audit/audit-entry-page'

export const metadata = { title: 'Audit entry' }

export default async function Page({ params }: { params: Promise<{ entryId: string }> }) {
  const { entryId } = await params
  return <AuditEntryPage entryId={entryId} />
}
