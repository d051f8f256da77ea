'use client'

import { useEffect, useState } from 'react'

/** Returns epoch seconds, updated every `everySeconds` while `isActive`; null until hydrated. */
export function useNow(isActive: boolean, everySeconds = 1): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    if (!isActive) return
    const tick = () => setNow(Date.now() / 1000)
    tick()
    const timer = setInterval(tick, everySeconds * 1000)
    return () => clearInterval(timer)
  }, [isActive, everySeconds])
  return now
}
