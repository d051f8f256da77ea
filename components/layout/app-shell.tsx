'use client'

import { Menu, PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { requestLeave } from '@/components/form/unsaved-guard'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'
import { onDemand } from '@/components/ui/on-demand'
import { useOverlayIntent } from '@/components/ui/overlays'
import { Sheet, SheetContent } from '@/components/ui/sheet'
import { Brand } from './brand'
import { CommandPalette, type PaletteGroup } from './command-palette'
import { type NavigationItem, type NavigationNotices, navigation, visibleTo } from './navigation'
import { NavigationList } from './navigation-list'
import { OfflineBadge } from './offline-badge'
import { railCookie } from './rail-cookie'
import { useShortcuts } from './shortcuts'
import { ThemeSwitch } from './theme-switch'
import { UserMenu, type Viewer } from './user-menu'

// Not loaded with every page. The palette is: what is typed at once after Ctrl-K must not be lost.
const ShortcutHelp = onDemand(() => import('./shortcut-help').then((module) => module.ShortcutHelp))

/**
 * Frame of every dashboard page: rail, top bar, palette (Cmd/Ctrl-K) and the page, which begins with a `PageHeader`.
 * Pages that the viewer's role cannot read are left out. Below 1024 px the rail is a drawer.
 */
export function AppShell({
  viewer,
  onSignOut,
  items = navigation,
  notices,
  railCollapsed = false,
  paletteGroups = [],
  onPaletteSearch,
  children,
}: {
  viewer: Viewer
  onSignOut: () => void
  items?: readonly NavigationItem[]
  notices?: NavigationNotices
  /** From the cookie `railCookie`, read on the server for a correct first paint. */
  railCollapsed?: boolean
  /** Further items, for example identities that were found. */
  paletteGroups?: readonly PaletteGroup[]
  onPaletteSearch?: (text: string) => void
  children: ReactNode
}) {
  const [collapsed, setCollapsed] = useState(railCollapsed)
  const [drawerOpen, setDrawerOpen] = useState(false)
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const router = useRouter()
  useOverlayIntent()
  usePaletteKey(() => setPaletteOpen((open) => !open))
  const visible = visibleTo(viewer.role, items)
  const pages = { heading: 'Pages', items: visible.map((item) => ({ id: item.href, ...item })) }

  useShortcuts({
    go(letter) {
      const page = visible.find((item) => item.letter === letter)
      if (page) requestLeave(() => router.push(page.href))
      return page !== undefined
    },
    search: () => setPaletteOpen(true),
    help: () => setHelpOpen(true),
  })

  function toggleRail() {
    setCollapsed(!collapsed)
    rememberRail(!collapsed)
  }

  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <aside
        aria-label="Navigation"
        className={cn(
          'sticky top-0 flex h-dvh shrink-0 flex-col border-r bg-surface max-lg:hidden print:hidden',
          collapsed ? 'w-14' : 'w-56',
        )}
      >
        <div className={cn('flex h-12 shrink-0 items-center border-b px-4', collapsed && 'justify-center px-0')}>
          <Brand collapsed={collapsed} />
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto p-2 pt-4">
          <NavigationList items={visible} collapsed={collapsed} notices={notices} />
        </div>
        <div className={cn('flex border-t p-2', collapsed && 'justify-center')}>
          <IconButton label={collapsed ? 'Expand navigation' : 'Collapse navigation'} onClick={toggleRail}>
            {collapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
          </IconButton>
        </div>
      </aside>

      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-12 print:hidden shrink-0 items-center gap-2 border-b bg-surface px-4 lg:px-6">
          <IconButton
            label="Open navigation"
            aria-haspopup="dialog"
            aria-expanded={drawerOpen}
            onClick={() => setDrawerOpen(true)}
            className="-ml-2 lg:hidden"
          >
            <Menu aria-hidden />
          </IconButton>
          <Sheet open={drawerOpen} onOpenChange={setDrawerOpen}>
            <SheetContent side="left" title="Keybound" className="w-64">
              <NavigationList items={visible} notices={notices} onNavigate={() => setDrawerOpen(false)} />
            </SheetContent>
          </Sheet>
          <Brand className="lg:hidden" />
          <div className="ml-auto flex items-center gap-1 lg:w-full">
            <Button
              className="text-muted-foreground max-lg:hidden lg:mr-auto lg:w-72 lg:justify-start lg:font-normal"
              onClick={() => setPaletteOpen(true)}
            >
              <Search aria-hidden />
              Go anywhere
              <span className="ml-auto flex gap-1">
                <Kbd>Ctrl</Kbd>
                <Kbd>K</Kbd>
              </span>
            </Button>
            <IconButton label="Go anywhere" className="lg:hidden" onClick={() => setPaletteOpen(true)}>
              <Search aria-hidden />
            </IconButton>
            <OfflineBadge />
            <ThemeSwitch />
            <UserMenu viewer={viewer} onSignOut={onSignOut} />
          </div>
        </header>
        <main id="main" tabIndex={-1} className="w-full max-w-[100rem] flex-1 p-4 focus:outline-none lg:p-6">
          {children}
        </main>
      </div>
      {helpOpen && <ShortcutHelp items={visible} open onOpenChange={setHelpOpen} />}
      <CommandPalette
        open={paletteOpen}
        onOpenChange={setPaletteOpen}
        groups={[pages, ...paletteGroups]}
        onSearch={onPaletteSearch}
      />
    </div>
  )
}

function usePaletteKey(onPress: () => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      onPress()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

function rememberRail(collapsed: boolean) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from Firefox and from plain http
  document.cookie = `${railCookie}=${collapsed ? 'collapsed' : 'open'}; path=/; max-age=31536000; samesite=lax`
}
