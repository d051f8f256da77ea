import { IncidentPage } from '@/components/incidents/incident-page'

export const metadata = { title: 'Incident' }

export default async function Page({ params }: { params: Promise<{ incidentId: string }> }) {
  const { incidentId } = await params
  return <IncidentPage incidentId={incidentId} />
}
