'use client'

import { Power, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { isDemand } from '@/components/posture/demand'
import { useSwitchProvider } from '@/components/trusts/kinds/sign-in/switch-provider'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { useTabIndex } from '@/components/ui/in-row'
import { toast } from '@/components/ui/toaster'
import { useSession } from '@/lib/client/session'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import { DeactivateProvider } from './deactivate-provider'
import type { ProviderRow } from './provider-row'
import { RemoveProvider } from './remove-provider'

/** Actions on a provider in its row. One that gives a role above the actor's cannot be changed. */
export function ProviderActs({ provider }: { provider: ProviderRow }) {
  const own = useSession().data?.role ?? 'no-access'
  const { mutateAsync: change, isPending } = useSwitchProvider(provider.trust)
  const [asking, setAsking] = useState<'deactivate' | 'remove' | null>(null)
  const tabIndex = useTabIndex()
  const { name, isActive, isOffered, role } = provider
  if (!canAccess(own, 'write') || !roleIncludes(own, role)) return null

  async function activate() {
    try {
      await change(true)
      toast.success(`${name} is active`, {
        description: isOffered ? 'It is on the sign-in page.' : 'Other applications may use it.',
      })
    } catch (error) {
      toast.error(`${name} was not activated`, { description: adviceFor(error) })
    }
  }

  const close = () => setAsking(null)
  return (
    // Above the link that covers the row.
    <span className="relative z-10 inline-flex items-center gap-1">
      <Button
        size="sm"
        tabIndex={tabIndex}
        busy={isPending && asking === null}
        aria-label={`${isActive ? 'Deactivate' : 'Activate'} ${name}`}
        onClick={() => (isActive ? setAsking('deactivate') : activate())}
      >
        {/* On small screens only one icon fits; the provider's page can remove it as well. */}
        <Power aria-hidden className="sm:hidden" />
        <span className="max-sm:hidden">{isActive ? 'Deactivate' : 'Activate'}</span>
      </Button>
      <IconButton
        label={`Remove ${name}`}
        size="sm"
        tabIndex={tabIndex}
        className="max-sm:hidden"
        onClick={() => setAsking('remove')}
      >
        <Trash2 aria-hidden />
      </IconButton>
      <DeactivateProvider
        name={name}
        open={asking === 'deactivate'}
        onOpenChange={close}
        onConfirm={() => change(false)}
      />
      <RemoveProvider provider={provider} open={asking === 'remove'} onOpenChange={close} />
    </span>
  )
}

function adviceFor(error: unknown): string | undefined {
  if (!isDemand(error)) return error instanceof Error ? error.message : undefined
  if (error.reason === 'reason_needed') {
    return 'It would let in more people than when it was last active. Open it to save it enabled, with a reason.'
  }
  const found = error.fields.map(({ message }) => message).join(' ')
  return `${found} Open it to correct that, or to save it enabled with a reason.`
}
