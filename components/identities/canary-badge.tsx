import { Bird } from 'lucide-react'
import { Badge } from '@/components/ui/badge'

/** Marks an identity that opens nothing. */
export const CanaryBadge = () => (
  <Badge tone="attention" icon={Bird}>
    Canary
  </Badge>
)
