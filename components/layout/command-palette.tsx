'use client'

import { Command } from 'cmdk'
import { FlaskConical, type LucideIcon, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog as Radix } from 'radix-ui'
import { useState } from 'react'
import { requestLeave } from '@/components/form/unsaved-guard'
import { dialogStyles, overlayStyles } from '@/components/ui/dialog'
import { useFocusReturn } from '@/components/ui/focus-return'
import { shownText } from '@/components/ui/shown'
import { offerToken } from '@/lib/client/token-handover'
import { type Detected, detectPaste } from './detect-paste'

/** Target of a jump. */
export type PaletteItem = {
  /** Unique among all items. */
  id: string
  label: string
  href: string
  icon?: LucideIcon
  /** Beside the label: an id, a role. */
  hint?: string
  /** Further words that find it. */
  keywords?: string[]
}

export type PaletteGroup = { heading: string; items: readonly PaletteItem[] }

/**
 * Finds pages and items by name. A pasted token is offered to the tester (in memory, never by URL), a request id opens
 * its decision. `onSearch` gets the typed text, for groups found by the server; never a pasted token.
 */
export function CommandPalette({
  open,
  onOpenChange,
  groups,
  onSearch,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  groups: readonly PaletteGroup[]
  onSearch?: (text: string) => void
}) {
  const router = useRouter()
  const [text, setText] = useState('')
  const detected = detectPaste(text)
  const { memory, onCloseAutoFocus } = useFocusReturn()

  function change(next: string) {
    setText(next)
    if (!detectPaste(next)) onSearch?.(next)
  }

  function close() {
    onOpenChange(false)
    change('')
  }

  function go(href: string, before?: () => void) {
    close()
    requestLeave(() => {
      before?.()
      router.push(href)
    })
  }

  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyles} />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className={`${dialogStyles} overflow-hidden`}
        >
          {memory}
          <Radix.Title className="sr-only">Go anywhere</Radix.Title>
          <Command label="Go anywhere" loop shouldFilter={!detected} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
              <Command.Input
                value={text}
                onValueChange={change}
                placeholder="Go to a page, find an identity, paste a token or request id"
                autoComplete="off"
                spellCheck={false}
                className="h-11 w-full bg-transparent text-sm focus-visible:outline-none"
              />
            </div>
            <Command.List className="max-h-80 overflow-y-auto p-1.5">
              {detected ? (
                <DetectedItem
                  detected={detected}
                  onToken={(token) => go('/tester', () => offerToken(token))}
                  onDecision={(reqId) => go(`/activity/${encodeURIComponent(reqId)}`)}
                />
              ) : (
                <>
                  <Command.Empty className="px-3 py-6 text-center text-muted-foreground">
                    Nothing has this name.
                  </Command.Empty>
                  {groups.map(({ heading, items }) => (
                    <Command.Group key={heading} heading={heading} className={groupStyles}>
                      {items.map((item) => (
                        <Command.Item
                          key={item.id}
                          value={item.id}
                          keywords={[item.label, ...(item.keywords ?? [])]}
                          onSelect={() => go(item.href)}
                          className={itemStyles}
                        >
                          {item.icon && <item.icon aria-hidden className="size-4 shrink-0 text-muted-foreground" />}
                          <span className="truncate">{shownText(item.label)}</span>
                          {item.hint && (
                            <span className="ml-auto truncate pl-4 font-mono text-muted-foreground text-xs">
                              {shownText(item.hint)}
                            </span>
                          )}
                        </Command.Item>
                      ))}
                    </Command.Group>
                  ))}
                </>
              )}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function DetectedItem({
  detected,
  onToken,
  onDecision,
}: {
  detected: Detected
  onToken: (token: string) => void
  onDecision: (reqId: string) => void
}) {
  if (detected.kind === 'token') {
    return (
      <Command.Item value="open-in-tester" onSelect={() => onToken(detected.token)} className={itemStyles}>
        <FlaskConical aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        Open in tester
        <span className="ml-auto pl-4 text-muted-foreground text-xs">The token stays in this tab</span>
      </Command.Item>
    )
  }
  return (
    <Command.Item value="find-decision" onSelect={() => onDecision(detected.reqId)} className={itemStyles}>
      <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      Find decision
      <span className="ml-auto truncate pl-4 font-mono text-muted-foreground text-xs">{detected.reqId}</span>
    </Command.Item>
  )
}

const groupStyles =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs'

const itemStyles =
  'flex h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-muted'
