'use client'

import { Printer } from 'lucide-react'
import { Button } from '@/components/ui/button'

/** Prints the page: without navigation, with all that is folded, and exact times (app/print.css). */
export function PrintButton() {
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden />
      Print
    </Button>
  )
}
