import { Section } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

/** The frame of the map, before its trusts are there. */
export const MapLoading = () => (
  <Section title="Who trusts what" description="By issuer, the worst first." flush>
    <div aria-busy className="divide-y">
      {Array.from({ length: 8 }, (_, at) => (
        <div key={at} className="flex h-14 items-center gap-6 px-4">
          <Skeleton className="h-3 w-1/3 max-md:hidden" />
          <Skeleton className="h-3 w-1/2" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  </Section>
)
