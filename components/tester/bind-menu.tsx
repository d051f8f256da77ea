'use client'

import { ChevronDown } from 'lucide-react'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import type { BindWay } from '@/lib/trust/bind-way'

const ways: { how: BindWay; words: string; except: readonly string[] }[] = [
  { how: 'replace', words: 'Exactly this value', except: [] },
  { how: 'add', words: 'This value as well', except: ['iss'] },
  { how: 'pattern', words: 'A pattern with its last part left open', except: ['iss'] },
  // That an issuer or an audience is there says nothing.
  { how: 'exists', words: 'Only the presence of the claim', except: ['iss', 'aud'] },
]

/** Ways to make a rule of a claim in a token, the tightest first. */
export function BindMenu({ path, onBind }: { path: string; onBind: (how: BindWay) => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={`Ways to bind ${path}`} size="sm">
          <ChevronDown aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {ways
          .filter(({ except }) => !except.includes(path))
          .map(({ how, words }) => (
            <DropdownMenuItem key={how} onSelect={() => onBind(how)}>
              {words}
            </DropdownMenuItem>
          ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
