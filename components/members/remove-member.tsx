'use client'

import { useRouter } from 'next/navigation'
import { type ComponentProps, useState } from 'react'
import { FormField } from '@/components/form/form-field'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { shownText } from '@/components/ui/shown'
import { toast } from '@/components/ui/toaster'
import { type Holdings, type Member, type Removal, useHoldings, useRemoveMember } from '@/lib/client/members'
import { useSession } from '@/lib/client/session'
import { visibleText } from '@/lib/trust/unseen'
import { countOf } from './count-of'

/** Removes a person, after a question that lists what they control and what ends. */
export function RemoveMember({ member }: { member: Member }) {
  const [asking, setAsking] = useState(false)
  const remove = useRemoveMember()
  const router = useRouter()
  const isSelf = useSession().data?.user.id === member.id
  const [choice, setChoice] = useState<Removal>(byDefault)
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} aria-label={`Remove ${member.name}`}>
        Remove
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={(open) => {
          setAsking(open)
          setChoice(byDefault)
        }}
        title={`Remove ${member.name}?`}
        confirmLabel="Remove person"
        typeName={member.email}
        onConfirm={async () => {
          await remove.mutateAsync({ id: member.id, ...choice })
          toast.success(`${member.name} removed`)
          router.push('/settings')
        }}
      >
        {isSelf
          ? 'This is you: you are signed out at once and cannot come back by yourself.'
          : `${visibleText(member.name)} is signed out at once and cannot sign in again.`}{' '}
        What they did stays in the audit.
        <Controls member={member} choice={choice} onChoose={setChoice} />
      </ConfirmDialog>
    </>
  )
}

const byDefault: Removal = { issuedTokens: true, heldTokens: true, trusts: false, links: true }

/** What the person could still use after a removal, and what of it ends. */
function Controls({
  member,
  choice,
  onChoose,
}: {
  member: Member
  choice: Removal
  onChoose: (choice: Removal) => void
}) {
  const { data, error } = useHoldings(member.id)
  if (error) return <p className="mt-2">What they control could not be loaded: {shownText(error.message)}</p>
  if (!data) return <p className="mt-2">Looking up what they control …</p>
  const { tokensIssued, tokensHeld, identities, trusts, trustCount, links, linksMade } = data
  if (tokensIssued + tokensHeld + trusts.length + linksMade === 0)
    return <p className="mt-2">They control no trusts and no tokens, and made no links to providers.</p>
  const box = (name: keyof Removal) => ({
    checked: choice[name],
    onCheckedChange: (isOn: boolean) => onChoose({ ...choice, [name]: isOn }),
  })
  return (
    <fieldset className="mt-3 grid gap-2 text-foreground">
      <legend className="mb-1 font-medium">What goes with them</legend>
      {tokensIssued > 0 && (
        <Choice
          {...box('issuedTokens')}
          label={`Revoke access tokens they had issued (${countOf(tokensIssued, data)})`}
        />
      )}
      {tokensHeld > 0 && (
        <Choice
          {...box('heldTokens')}
          label={`Revoke access tokens of the identities they control (${countOf(tokensHeld, data)})`}
          help={`${namesOf(identities)}. These machines log in again.`}
        />
      )}
      {trusts.length > 0 && (
        <Choice
          {...box('trusts')}
          label={`Switch off the trusts they changed last (${countOf(trustCount, data)})`}
          help={`${namesOf(trusts)}. Nothing can log in through them until they are enabled again. If you leave them enabled, check them.`}
        />
      )}
      {linksMade > 0 && <LinksChoice {...box('links')} links={links} linksMade={linksMade} />}
    </fieldset>
  )
}

/** Whether links to other people's accounts are removed. */
export function LinksChoice({
  links,
  linksMade,
  ...box
}: Pick<Holdings, 'links' | 'linksMade'> & Pick<ComponentProps<typeof Choice>, 'checked' | 'onCheckedChange'>) {
  const people = [...new Map(links.map((link) => [link.userId, link])).values()]
  return (
    <Choice
      {...box}
      label={`Cut links they made to other people’s accounts (${linksMade})`}
      help={`${namesOf(people)}. Their sessions through a provider end, and an admin has to link them again. If you keep the links, check whose the subjects are.`}
    />
  )
}

function Choice({
  label,
  help,
  checked,
  onCheckedChange,
}: {
  label: string
  help?: string
  checked: boolean
  onCheckedChange: (isOn: boolean) => void
}) {
  return (
    <FormField inline label={label} help={help}>
      {(wiring) => (
        <Checkbox
          {...wiring}
          className="mt-0.5"
          checked={checked}
          onCheckedChange={(state) => onCheckedChange(state === true)}
        />
      )}
    </FormField>
  )
}

const namesOf = (things: readonly { name: string }[]) => {
  const names = things.slice(0, 5).map(({ name }) => name)
  return `${names.join(', ')}${things.length > names.length ? ' and more' : ''}`
}
