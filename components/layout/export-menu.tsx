'use client'

import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { shownText } from '@/components/ui/shown'
import type { ExportChoice } from '@/lib/client/exports'

/** A button that offers what is listed on a page as files. The browser saves them while they are sent. */
export function ExportMenu({ choices, size }: { choices: readonly ExportChoice[]; size?: 'sm' }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size={size}>
          <Download aria-hidden />
          Export
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {choices.map(({ label, href }) => (
          <DropdownMenuItem key={href} asChild>
            <a href={href} download>
              {shownText(label)}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
