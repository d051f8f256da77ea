import { IncidentsPage } from '@/components/incidents/incidents-page'

export const metadata = { title: 'Incidents' }

export default function Page() {
  return <IncidentsPage />
}
