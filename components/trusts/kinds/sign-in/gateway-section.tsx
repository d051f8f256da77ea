'use client'

import { ExternalLink } from 'lucide-react'
import { type Control, useFormState, useWatch } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { shownText } from '@/components/ui/shown'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { signInStartHref } from '@/lib/client/session'
import type { StoredTrust } from '@/lib/client/trusts'
import { signIn } from '@/lib/trust/kinds'
import { ownControl } from '../../form/kind-form'
import type { TrustFormValues } from '../../form/values'
import type { SignInFormValues } from './form'
import { callbackOf, nginxSnippet, sampleCommand, sampleOrigin } from './gateway-snippets'

/** Instructions for the gateway: callback, a configuration or a sample to run, and a test sign-in. */
export function GatewaySection({
  control,
  stored,
}: {
  control: Control<TrustFormValues>
  /** null: not stored yet. */
  stored: StoredTrust | null
}) {
  const [jwtEndpoint, headerName] = useWatch({
    control: ownControl<SignInFormValues>(control),
    name: ['signIn.jwtEndpoint', 'signIn.headerName'],
  })
  const { origin } = window.location
  const input = { origin, jwtEndpoint: jwtEndpoint.trim(), headerName: headerName.trim() }
  return (
    <Section title="Your gateway" description="It checks its own session, adds the token, and calls Keybound.">
      <div className="grid gap-5">
        <div className="grid gap-1.5">
          <p className="font-medium leading-5">Callback URL</p>
          <CodeBlock label="callback URL" code={callbackOf(origin)} wrap />
          <p className="text-compact text-muted-foreground">
            The gateway proxies the browser’s request to this URL, with all its query parameters and the token in{' '}
            <code>{shownText(input.headerName) || 'Authorization'}</code>. The answer goes back to the browser
            unfollowed.
          </p>
        </div>
        <Tabs defaultValue="nginx">
          <TabsList aria-label="Gateways">
            <TabsTrigger value="nginx">nginx</TabsTrigger>
            <TabsTrigger value="sample">Runnable sample</TabsTrigger>
          </TabsList>
          <TabsContent value="nginx" className="grid gap-2">
            <p className="text-compact text-muted-foreground">With the values of this form, saved or not.</p>
            <CodeBlock label="nginx snippet" code={nginxSnippet(input)} />
          </TabsContent>
          <TabsContent value="sample" className="grid gap-2">
            <p className="text-compact text-muted-foreground">
              <code>examples/zitadel-gateway</code> is a gateway and an issuer in one file of plain Node. In the folder
              of Keybound’s sources:
            </p>
            <CodeBlock label="sample command" code={sampleCommand(input)} />
            <p className="text-compact text-muted-foreground">
              Give this provider the JWT endpoint <code>{sampleOrigin}/auth/jwt</code>, the issuer{' '}
              <code>{sampleOrigin}</code>, the JWKS URL <code>{sampleOrigin}/keys</code> and the audience{' '}
              <code>keybound</code>, and start Keybound with <code>KEY_FETCH_ALLOWED_ORIGINS={sampleOrigin}</code>.
            </p>
          </TabsContent>
        </Tabs>
        <TryIt control={control} stored={stored} />
      </div>
    </Section>
  )
}

/** Link to a sign-in as people use it; enabled while the saved provider equals the form and is active. */
function TryIt({ control, stored }: { control: Control<TrustFormValues>; stored: StoredTrust | null }) {
  const { isDirty } = useFormState({ control })
  const why = stored === null || isDirty ? 'Save it first.' : whyClosed(stored)
  return (
    <div className="grid justify-items-start gap-1.5">
      <p className="font-medium leading-5">Try the sign-in</p>
      {stored && why === null ? (
        <>
          <CodeBlock
            label="sign-in address"
            code={`${window.location.origin}${signInStartHref(stored.id, '/')}`}
            wrap
            className="w-full"
          />
          <p className="text-compact text-muted-foreground">
            Open it in a private window. In this window it would replace your session by the other person’s.
          </p>
          <Button asChild size="sm">
            <a href={signInStartHref(stored.id, '/')} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden />
              Open it here anyway
            </a>
          </Button>
        </>
      ) : (
        <p className="text-muted-foreground">{why}</p>
      )}
    </div>
  )
}

/** Returns why a saved provider cannot be used to sign in here; null when it can. */
function whyClosed(stored: StoredTrust): string | null {
  if (!stored.enabled) return 'Activate it first.'
  return signIn.is(stored) && stored.options.isOffered ? null : 'Let people sign in here first.'
}
