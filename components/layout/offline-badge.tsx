'use client'

import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Badge } from '@/components/ui/badge'

/** Shown while the browser is offline: nothing can be saved. */
export function OfflineBadge() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  return (
    <span role="status">
      {!isOnline && (
        <Badge tone="attention" icon={WifiOff}>
          Offline
        </Badge>
      )}
    </span>
  )
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('online', onChange)
  window.addEventListener('offline', onChange)
  return () => {
    window.removeEventListener('online', onChange)
    window.removeEventListener('offline', onChange)
  }
}
