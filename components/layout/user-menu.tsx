'use client'

import { CircleUser, LogOut, UserRoundCog } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import type { Role } from '@/lib/trust/role'
import { visibleText } from '@/lib/trust/unseen'

/** The signed-in person. */
export type Viewer = { name: string; email: string; role: Role; organization?: string }

/** Shows the signed-in person, with sign-out. `children` are further `DropdownMenuItem`s above it. */
export function UserMenu({
  viewer,
  onSignOut,
  children,
}: {
  viewer: Viewer
  onSignOut: () => void
  children?: ReactNode
}) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={`Account of ${viewer.name}`}>
          <CircleUser aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="max-w-72">
        <DropdownMenuLabel className="grid gap-0.5">
          <span className="truncate font-medium text-foreground text-sm">{shownText(viewer.name)}</span>
          <span className="truncate">{shownText(viewer.email)}</span>
          <span className="truncate">
            {viewer.role}
            {viewer.organization && ` in ${visibleText(viewer.organization)}`}
          </span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        {children}
        <DropdownMenuItem asChild>
          <Link href="/settings?tab=account">
            <UserRoundCog aria-hidden />
            Your account
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={onSignOut}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
