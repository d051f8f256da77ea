'use client'

import { useEffect, useRef, useState } from 'react'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { onDemand } from '@/components/ui/on-demand'
import { readSession } from '@/lib/client/session'
import { offerSignInAgain } from '@/lib/client/sign-in-again'

// Forms are not loaded with every page.
const SignInForm = onDemand(() => import('./sign-in-form').then((module) => module.SignInForm))

type Person = { id: string; name: string; email: string }

/** Signs the same person in again over the page, whose typed text stays; what waits for it is sent after that. */
export function SignInAgain({ person }: { person: Person }) {
  const [isAsked, setIsAsked] = useState(false)
  const answer = useRef<(isBack: boolean) => void>(() => {})

  useEffect(
    () =>
      offerSignInAgain(
        () =>
          new Promise((resolve) => {
            answer.current = resolve
            setIsAsked(true)
          }),
      ),
    [],
  )

  function close(isBack: boolean) {
    setIsAsked(false)
    answer.current(isBack)
  }

  async function check() {
    const session = await readSession().catch(() => null)
    if (session === null) return
    // Another person's session: nothing that this one typed may be saved by it.
    if (session.user.id !== person.id) window.location.reload()
    else close(true)
  }

  // Signed in meanwhile in another tab.
  useEffect(() => {
    if (!isAsked) return
    window.addEventListener('focus', check)
    return () => window.removeEventListener('focus', check)
  })

  return (
    <Dialog open={isAsked} onOpenChange={(open) => !open && close(false)}>
      <DialogContent
        title="Sign in again"
        description="Your session has ended. What you typed is still here, and what you were saving is sent once you are signed in."
      >
        <SignInForm email={person.email} onSignedIn={check} />
      </DialogContent>
    </Dialog>
  )
}
